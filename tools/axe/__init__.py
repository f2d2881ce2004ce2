"""axe-core, which finds barriers on pages (WCAG): pinned here, installed for tests/e2e/test_page_accessibility.py."""
