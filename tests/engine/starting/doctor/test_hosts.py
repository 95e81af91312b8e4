"""A host publishes the site, or a line says why it will not and what to do."""

import pytest

WORKFLOW = ".github/workflows/publish.yml"


def test_nothing_publishes(site):
    """Without either host's file a push publishes nothing."""
    site.git("rm", "-q", WORKFLOW, "netlify.toml")
    line = site.only()
    assert line.startswith(f"{WORKFLOW}:1: workflow: nothing publishes the site")
    assert "Settings, Pages, Source: GitHub Actions" in line


@pytest.mark.parametrize("name", [WORKFLOW, "netlify.toml"])
def test_one_host_is_enough(site, name):
    """Each file does without the other."""
    site.git("rm", "-q", name)
    site.commit()
    assert site.problems() == []


def test_what_to_set_by_hand(site):
    """The settings that no file can make are named, once for each host."""
    assert site.remarks()[0] == (
        "GitHub Pages: once, by hand: Settings, Pages, Source: GitHub Actions"
    )
    assert "Netlify" in site.remarks()[1]


@pytest.mark.parametrize(
    ("old", "new", "key", "remedy"),
    [
        ("      pages: write\n", "", "permissions.pages", "write `pages: write` there"),
        ("id-token: write", "id-token: read", "permissions.id-token", "`id-token: write`"),
        ("      name: github-pages\n", "      name: test\n", "environment", "environment: github-"),
        ("actions/deploy-pages@", "actions/stale@", "deploy", "portfolio upgrade"),
        ("actions/upload-pages-artifact@", "actions/stale@", "upload", "hand _site to it"),
        ("          path: _site", "          path: docs", "upload", "write `path: _site`"),
        ("    needs: build\n", "", "needs", "write `needs:`"),
        ("  push:\n    branches: [main]\n", "", "on", "name main below `on: push: branches:`"),
        ("branches: [main]", "branches: [gh-pages]", "on", "name main below `on: push: branches:`"),
    ],
)
def test_a_workflow_that_was_changed(site, old, new, key, remedy):
    """Each thing that deploying needs is missed where it is gone."""
    site.change(WORKFLOW, old, new)
    line = site.only()
    assert line.startswith(f"{WORKFLOW}:")
    assert f": {key}: " in line
    assert remedy in line


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("branches: [main]", "branches: ['ma*']"),
        ("branches: [main]", "branches-ignore: [drafts]"),
        ("  push:\n    branches: [main]\n  pull_request:", "  push:\n  pull_request:"),
        ("      pages: write\n      id-token: write\n", "      {pages: write, id-token: write}\n"),
        (
            "    environment:\n      name: github-pages\n",
            "    environment:\n      name: github-pages\n",
        ),
    ],
)
def test_a_workflow_may_say_the_same_otherwise(site, old, new):
    """What means the same is not complained about."""
    site.change(WORKFLOW, old, new)
    site.commit()
    assert site.problems() == []


def test_another_branch_than_the_workflows(site):
    """The branch that git made under another name is not the one that is published."""
    site.git("branch", "-m", "master")
    lines = site.problems()
    assert [line.split(": ")[1] for line in lines] == ["on", "if"]
    assert all("`git branch -m main`" in line for line in lines)


def test_a_branch_beside_the_published_one(site):
    """Working on a branch of one's own is no fault where the published one is there too."""
    site.git("switch", "--quiet", "--create", "draft")
    assert site.problems() == []


def test_a_workflow_that_cannot_be_read(site):
    """The line of the mistake is named, and everything else is examined all the same."""
    site.write(WORKFLOW, "on: push\njobs: [\n")
    site.change("_quarto.yml", "https://ada.github.io/home", "https://ada.github.io/h")
    site.commit()
    workflow, address = site.problems()
    assert workflow.startswith(f"{WORKFLOW}:3: yaml: ")
    assert "owner.site" in address


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            'publish = "_site"',
            'publish = "public"',
            'netlify.toml:6: build.publish: it publishes public: write `publish = "_site"` below',
        ),
        (
            'command = "make site && (make check audit || true)"\n',
            "",
            "netlify.toml:4: build.command: nothing renders the site: write a command there",
        ),
    ],
)
def test_netlifys_settings(site, old, new, line):
    """What is published is rendered first, and is the rendered site."""
    site.change("netlify.toml", old, new)
    assert site.only().startswith(line)


def test_netlifys_settings_that_cannot_be_read(site):
    """A mistake in them is a line, not a traceback."""
    site.write("netlify.toml", "[build\n")
    assert site.only().startswith("netlify.toml:1: toml: it cannot be read")
