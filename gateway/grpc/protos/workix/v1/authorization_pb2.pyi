from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ExplainRequest(_message.Message):
    __slots__ = ("permission", "actor")
    PERMISSION_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    permission: str
    actor: str
    def __init__(self, permission: _Optional[str] = ..., actor: _Optional[str] = ...) -> None: ...

class ExplainResponse(_message.Message):
    __slots__ = ("allowed", "decided_by", "why", "steps")
    ALLOWED_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    allowed: bool
    decided_by: str
    why: str
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    def __init__(self, allowed: _Optional[bool] = ..., decided_by: _Optional[str] = ..., why: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ...) -> None: ...

class Step(_message.Message):
    __slots__ = ("check", "outcome", "said", "code")
    CHECK_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SAID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    check: str
    outcome: str
    said: str
    code: str
    def __init__(self, check: _Optional[str] = ..., outcome: _Optional[str] = ..., said: _Optional[str] = ..., code: _Optional[str] = ...) -> None: ...
