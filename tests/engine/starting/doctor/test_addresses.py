"""The site's address is the one that its repository will be published at, or a line says so."""

import pytest

from portfolio.starting.doctor.remotes import remote_of


@pytest.mark.parametrize(
    "written",
    [
        "https://github.com/Ada/home",
        "https://github.com/Ada/home.git",
        "https://ada@github.com/Ada/home/",
        "http://www.github.com/Ada/home",
        "git@github.com:Ada/home.git",
        "git@github.com-work:Ada/home.git",
        "ssh://git@github.com/Ada/home.git",
        "ssh://git@ssh.github.com:443/Ada/home",
        "git://github.com/Ada/home.git",
    ],
)
def test_every_way_to_write_a_repository_at_github(written):
    """Https, ssh, its short form and an alias of ssh's settings name the same repository."""
    remote = remote_of(written)
    assert (remote.on_github, remote.owner, remote.name) == (True, "Ada", "home")
    assert remote.address == "https://github.com/Ada/home"
    assert remote.pages == "https://ada.github.io/home"


@pytest.mark.parametrize(
    ("written", "host", "owner"),
    [
        ("git@gitlab.com:group/team/home.git", "gitlab.com", "group/team"),
        ("https://codeberg.org/ada/home", "codeberg.org", "ada"),
    ],
)
def test_repositories_elsewhere(written, host, owner):
    """Another host's repositories are known, and are not at GitHub."""
    remote = remote_of(written)
    assert (remote.host, remote.owner, remote.name) == (host, owner, "home")
    assert not remote.on_github


@pytest.mark.parametrize("written", ["/srv/git/home.git", "../home", "C:/git/ada/home", "home"])
def test_a_folder_is_no_repository_that_a_host_can_reach(written):
    """A path, also one on a drive, names no host."""
    assert remote_of(written) is None


def test_a_healthy_site(site):
    """A site that was made by the engine, filled in and committed has nothing in its way."""
    assert site.problems() == []


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("https://ada.github.io", "the site of this repository has the path /home"),
        ("https://ada.github.io/homepage", "its path is not the repository's name"),
        ("https://jane.github.io/home", "it is the site of another user than the repository's"),
        ("http://ada.github.io/home", "GitHub Pages answers at https"),
        ("https://ada.github.io/Home", "its capitals are not the repository's"),
        ("https://ada.github.io/home/index.html", "the address of a page, not of the site"),
        ("https://your-name.github.io/home", "it is an example's address"),
        ("https://www.example.org", "it is an example's address"),
        ("https://<user>.github.io", "it is an example's address"),
        ("ada.github.io/home", "it is no web address"),
        ("https://[ada].github.io", "it is no web address"),
    ],
)
def test_an_address_that_is_not_the_repositorys(site, address, what):
    """The line says how the address is wrong, and what to write."""
    site.publish_at(f'"{address}"')
    line = site.only()
    assert line.startswith("_quarto.yml:8: owner.site: ")
    assert f"{what} ({address})" in line
    assert line.endswith(": write site: https://ada.github.io/home")


def test_a_users_own_site_has_no_path(site):
    """The repository `ada.github.io` is published at the host itself, in whatever capitals."""
    site.publish_at("https://ada.github.io", "git@github.com:Ada/ada.github.io.git")
    site.change("_quarto.yml", "github.com/ada/home", "github.com/ada/ada.github.io")
    site.commit()
    assert site.problems() == []
    site.change("_quarto.yml", "https://ada.github.io", "https://ada.github.io/ada.github.io")
    assert "there is no path to it" in site.only()


def test_an_address_elsewhere_is_its_owners_business(site):
    """What a university serves is no matter of the repository's name."""
    site.publish_at("https://www.seauniversity.edu/~ada")
    site.commit()
    assert site.problems() == []


def test_no_address(site):
    """A site without an address is told to have one."""
    site.change("_quarto.yml", "  site: https://ada.github.io/home\n", "")
    assert "owner.site: is not set: write the site's public address there" in site.only()


def test_github_publishes_its_own_repositories_only(site):
    """An address at GitHub Pages does not go with a repository at another host."""
    site.git("remote", "set-url", "origin", "git@gitlab.com:ada/home.git")
    address, repository = site.problems()
    assert "owner.site: GitHub does not publish a repository at gitlab.com" in address
    assert repository.endswith("write repository: https://gitlab.com/ada/home")


def test_a_copy_of_a_template(site):
    """Where the origin is another's than the settings say, both addresses are named."""
    site.git("remote", "set-url", "origin", "git@github.com:jane/pages.git")
    address, repository = site.problems()
    assert "owner.repository: this is another's repository" in repository
    assert repository.endswith("write repository: https://github.com/jane/pages")
    assert address.endswith("write site: https://jane.github.io/pages")
