"""Where there is no browser, owners are told what to type."""

import pytest
from small import files, written

from portfolio.audit import BrowserMissingError, browser, browser_problems


@pytest.mark.parametrize(
    ("lacking", "wanted"),
    [("find_spec", "quarto-portfolio[audit]"), ("find_browser", "playwright install chromium")],
)
def test_what_is_missing_is_said(tmp_path, monkeypatch, lacking, wanted):
    """Without the extra or a Chromium, the message is the line to type."""
    pytest.importorskip("playwright")
    monkeypatch.setattr(browser, lacking, lambda _: None)
    with pytest.raises(BrowserMissingError) as missing:
        browser_problems(written(tmp_path / "_site", files()))
    assert wanted in str(missing.value)
