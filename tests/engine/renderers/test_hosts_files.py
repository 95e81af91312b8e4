"""Files that hosts look for are published by both renderers without being named."""

from portfolio.renderers.project import load_project


def test_files_that_hosts_look_for(project):
    """They lie at the top of the folder, hidden ones too; one that is not there is not missed."""
    for name in ("CNAME", ".nojekyll", "robots.txt"):
        (project / name).write_text("", encoding="utf-8")
    found = {path.name for path in load_project(project).resources()}
    assert found == {"CNAME", ".nojekyll", "robots.txt"}
