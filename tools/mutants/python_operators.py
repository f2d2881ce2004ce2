"""Mutations of Python: flipped comparisons, dropped guards, statements, decorators, filters, locks, transactions and elements."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tools.mutants import sql_operators
from tools.mutants.mutant import Edit

_FLIPPED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Is: ("is", "is not"),
    ast.IsNot: (r"is\s+not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: (r"not\s+in", "in"),
}
_LINKS = ("select_for_update", "exclude", "filter", "order_by")
_CONDITIONED = ("filter", "exclude", "get", "update")
#: Without these nothing runs, or everything as before.
_KEPT_DECORATORS = re.compile(
    r"(functools\.)?(dataclass|property|cached_property|cache|lru_cache|contextmanager|staticmethod|classmethod|wraps)\b|\w+\.setter"
)
_LOGGING = re.compile(r"logger\.")
_QUANTITY = re.compile(r"^(\d+)(ms|s|MB|kB)?$")
_SQL = re.compile(r"\b(SELECT|UPDATE|INSERT|DELETE|WITH)\s[\s\S]*\b(FROM|SET|INTO|WHERE|public\.)")
_NO_TRANSACTION = '__import__("contextlib").nullcontext()'


class _Visitor(ast.NodeVisitor):
    def __init__(self, source: bytes) -> None:
        self.source, self.found = source, list[Edit]()
        self._within: list[str] = []
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    # Where things are

    def start(self, node: ast.expr | ast.stmt | ast.keyword) -> int:
        return self._lines[node.lineno - 1] + node.col_offset

    def end(self, node: ast.expr | ast.stmt | ast.keyword) -> int:
        return self._lines[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)

    def text(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        return self.source[self.start(node) : self.end(node)].decode()

    def put(self, start: int, end: int, replacement: str) -> None:
        self.found.append(Edit(start, end, replacement, ".".join(self._within)))

    def between(self, first: ast.expr, second: ast.expr, pattern: str, replacement: str) -> None:
        start, end = self.end(first), self.start(second)
        between = self.source[start:end].decode()
        self.put(start, end, re.sub(pattern, replacement, between, count=1))

    # Statements

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._decorated(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._decorated(node)

    def _decorated(self, node: ast.ClassDef | ast.FunctionDef) -> None:
        self._within.append(node.name)
        for decorator in node.decorator_list:
            if not _KEPT_DECORATORS.match(self.text(decorator)):
                self.put(self.start(decorator) - 1, self.end(decorator), "")
                self.visit(decorator)
        if isinstance(node, ast.FunctionDef):
            for default in (*node.args.defaults, *node.args.kw_defaults):
                if default is not None:
                    self.visit(default)
        for statement in node.body:
            self.visit(statement)
        self._within.pop()

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._element_of_module(node.value)
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._element_of_module(node.value)
        if any(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets):
            self._drop(node)
        self.visit(node.value)

    def _element_of_module(self, value: ast.expr) -> None:
        if not self._within and isinstance(value, ast.Tuple):
            self._drop_elements(value.elts)

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Constant) or _LOGGING.match(self.text(node)):
            return
        self._drop(node)
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        self._drop(node)

    def visit_If(self, node: ast.If) -> None:
        if self.text(node.test) == "TYPE_CHECKING":
            return
        if not isinstance(node.test, ast.Compare | ast.UnaryOp | ast.BoolOp):
            self.put(self.start(node.test), self.end(node.test), f"not ({self.text(node.test)})")
        if len(node.body) == 1 and not node.orelse and isinstance(node.body[0], ast.Return | ast.Continue):
            self._drop(node.body[0])
        self.generic_visit(node)

    def visit_With(self, node: ast.With) -> None:
        for item in node.items:
            if self.text(item.context_expr) == "transaction.atomic()":
                self.put(self.start(item.context_expr), self.end(item.context_expr), _NO_TRANSACTION)
        self.generic_visit(node)

    def _drop(self, node: ast.stmt) -> None:
        self.put(self.start(node), self.end(node), "pass")

    # Expressions

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) == 1:
            pattern, flipped = _FLIPPED[type(node.ops[0])]
            self.between(node.left, node.comparators[0], pattern, flipped)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for first, second in zip(node.values, node.values[1:], strict=False):
            self.between(first, second, rf"\b{word}\b", other)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            start, end = self.start(node), self.start(node.operand)
            self.put(start, end, self.source[start:end].decode().replace("not", "", 1).lstrip())
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        texts = any(isinstance(each, ast.JoinedStr) or _is_text(each) for each in (node.left, node.right))
        if isinstance(node.op, ast.Add | ast.Sub) and not texts:
            pattern, other = (r"\+", "-") if isinstance(node.op, ast.Add) else ("-", "+")
            self.between(node.left, node.right, pattern, other)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if isinstance(node.func, ast.Attribute) and name in _LINKS:
            self.put(self.end(node.func.value), self.end(node), "")
        if name in _CONDITIONED and len(node.keywords) > 1:
            self._drop_elements([each for each in node.keywords if each.arg])
        self._swap(node.args[:2])
        self.generic_visit(node)

    def _swap(self, arguments: list[ast.expr]) -> None:
        """Names only: what is of two kinds just falls over, and says nothing about the tests."""
        texts = [self.text(each) for each in arguments if isinstance(each, ast.Name | ast.Attribute)]
        if len(texts) == 2 and texts[0] != texts[1]:  # a pair
            first, second = arguments
            between = self.source[self.end(first) : self.start(second)].decode()
            self.put(self.start(first), self.end(second), texts[1] + between + texts[0])

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg != "strict":  # of zip(): it says what is so, and decides nothing
            self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for condition in node.ifs:
            self.put(self.start(condition), self.end(condition), "True")
        self.generic_visit(node)

    def visit_List(self, node: ast.List) -> None:
        self._drop_elements(node.elts)
        self.generic_visit(node)

    def visit_Set(self, node: ast.Set) -> None:
        self._drop_elements(node.elts)
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        if len(node.keys) > 1:
            for key, value in zip(node.keys, node.values, strict=True):
                if key is not None:
                    self._drop_element(self.start(key), self.end(value))
        self.generic_visit(node)

    def _drop_elements(self, elements: list[ast.expr] | list[ast.keyword]) -> None:
        if len(elements) > 1:
            for each in elements:
                self._drop_element(self.start(each), self.end(each))

    def _drop_element(self, start: int, end: int) -> None:
        """With the comma behind it, or before the last one."""
        behind = re.match(rb"\s*,\s?", self.source[end:])
        before = re.search(rb",\s*$", self.source[:start])
        if behind:
            self.put(start, end + behind.end(), "")
        elif before:
            self.put(before.start(), end, "")

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self.put(self.start(node), self.end(node), str(not node.value))
        elif isinstance(node.value, int):
            self.put(self.start(node), self.end(node), str(node.value + 1))
        elif isinstance(node.value, str):
            quantity = _QUANTITY.match(node.value)
            if quantity:
                self.put(self.start(node), self.end(node), f'"{int(quantity[1]) + 1}{quantity[2] or ""}"')
            self._sql(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._sql(node)

    def _sql(self, node: ast.expr) -> None:
        text = self.text(node)
        if not _SQL.search(text):
            return
        for edit in sql_operators.edits(text):
            start, end = (len(text[:at].encode()) for at in (edit.start, edit.end))
            self.put(self.start(node) + start, self.start(node) + end, edit.replacement)


def edits(source: bytes) -> Iterator[Edit]:
    """Find every mutation of a Python file that is still Python."""
    visitor = _Visitor(source)
    visitor.visit(ast.parse(source))
    for edit in visitor.found:
        try:
            ast.parse(source[: edit.start] + edit.replacement.encode() + source[edit.end :])
        except SyntaxError:
            continue
        yield edit


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
