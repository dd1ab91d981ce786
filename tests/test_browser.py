"""The chat in a real browser: Debian's Chromium, driven by Playwright, against the real recommender."""

import json
import re
import shutil
import socket

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tastemaker.agent.recommender import Recommender
from tastemaker.tools.build.builder import build_workspace
from tastemaker.tools.workspace import Workspace
from tastemaker.ui.app import serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
HOSTILE = "<img src=x onerror=\"window.ran='title'\"> <script>window.ran='script'</script>"


def served(path, encoder):
    """Serve the chat over a workspace until the test is done; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with Workspace.open(path, encoder) as workspace:
        blocks = serve(Recommender.open(workspace, planner="rules"), "127.0.0.1", port)
        yield blocks.local_url
        blocks.close(verbose=False)


@pytest.fixture(scope="module")
def address(small_workspace_path, encoder):
    yield from served(small_workspace_path, encoder)


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory, encoder):
    """The chat over a catalogue whose every text tries to run a script."""
    folder = tmp_path_factory.mktemp("hostile")
    items = [
        {"id": f'i{n}"><b>', "name": f"Item {n} {HOSTILE}", "kinds": f"Kind {n % 3} {HOSTILE}", "about": HOSTILE}
        for n in range(12)
    ]
    (folder / "items.jsonl").write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    build_workspace(folder / "workspace", folder / "items.jsonl", None, encoder=encoder)
    yield from served(folder / "workspace", encoder)


@pytest.fixture
def visit(tmp_path):
    """Open the chat as a visitor of one's own: another profile, another conversation."""
    assert CHROMIUM, "These tests drive Chromium, and there is none; install it: apt-get install -y chromium"
    with sync_playwright() as playwright:
        contexts = []

        def open_page(address: str, size=WIDE, scheme="light") -> Page:
            context = playwright.chromium.launch_persistent_context(
                tmp_path / f"visitor{len(contexts)}",
                executable_path=CHROMIUM,
                args=ARGUMENTS,
                viewport=size,
                color_scheme=scheme,
            )
            contexts.append(context)
            context.set_default_timeout(30_000)
            page = context.pages[0]
            page.foreign = []
            page.on("request", lambda request: page.foreign.append(request.url))
            page.goto(address)
            composer(page).wait_for()
            return page

        yield open_page
        for context in contexts:
            context.close()


def composer(page):
    return page.get_by_role("textbox", name=re.compile("Say what"))


def say(page, words):
    composer(page).fill(words)
    composer(page).press("Enter")
    expect(page.locator(".user-row").last).to_contain_text(words)
    expect(page.get_by_role("button", name=re.compile("^How I got here")).last).to_be_visible()


def fits(page):
    """Return whether nothing sticks out of the page to the side."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def steps_while(page, words):
    """Say something, and return the names of all steps that were seen, in the order in which they appeared."""
    page.evaluate(
        """() => {
          window.steps = [];
          new MutationObserver(() => {
            for (const each of document.querySelectorAll('.thought-group > .title .md')) {
              const name = each.textContent.trim();
              if (!window.steps.includes(name)) window.steps.push(name);
            }
          }).observe(document.body, {childList: true, subtree: true, characterData: true});
        }"""
    )
    say(page, words)
    return page.evaluate("window.steps")


def test_an_example_is_answered_with_a_trace_that_grows_and_cards(visit, address, small_workspace):
    page = visit(address)
    example = small_workspace.schema.examples[0]
    page.get_by_role("button", name=re.compile(re.escape(example))).click()
    expect(page.locator(".user-row")).to_contain_text(example)
    expect(page.locator(".tm-card")).to_have_count(5)
    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".user-row")).to_have_count(0)
    steps = steps_while(page, example)
    assert steps.index("Understood") < steps.index("Filter items") < steps.index("How I got here")
    page.get_by_role("button", name=re.compile("^How I got here")).click()
    expect(page.locator(".thought-group .tm-pill").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(r"^Filter items \d+ left"))).to_be_visible()


def test_like_and_not_for_me_change_the_card_and_can_be_taken_back(visit, address, small_workspace):
    page = visit(address)
    say(page, small_workspace.schema.examples[0])
    like = page.locator(".tm-card .tm-like").first
    like.click()
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".tm-card.is-like")).to_have_count(1)
    title = page.locator(".tm-card.is-like h3").inner_text().removeprefix("1").strip()
    expect(page.locator(".tm-understood")).to_contain_text(f"♥ {title}")
    page.locator(".tm-card .tm-dislike").nth(1).click()
    expect(page.locator(".tm-card.is-dislike")).to_have_count(1)
    expect(page.locator(".tm-note")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".tm-card.is-dislike")).to_have_count(0)
    page.get_by_role("button", name=f"Forget: ♥ {title}").click()
    expect(page.locator(".tm-understood")).not_to_contain_text("♥")


def test_more_like_this_brings_another_list(visit, address, small_workspace):
    page = visit(address)
    say(page, small_workspace.schema.examples[0])
    button = page.get_by_role("button", name=re.compile("^More like this: ")).first
    title = button.get_attribute("aria-label").removeprefix("More like this: ")
    button.click()
    expect(page.locator(".user-row").last).to_contain_text(f"More like {title}")
    expect(page.locator(".tm-cards")).to_have_count(2)
    expect(page.locator(".tm-understood")).to_contain_text(f"like {title}")


def test_a_card_is_used_with_the_keyboard_alone(visit, address, small_workspace):
    page = visit(address)
    say(page, small_workspace.schema.examples[0])
    like = page.locator(".tm-card .tm-like").nth(2)
    like.focus()
    page.keyboard.press("Enter")
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(like).to_be_focused()


def test_a_reload_keeps_the_conversation_and_goes_on(visit, address):
    page = visit(address)
    say(page, "something for two players")
    titles = page.locator(".tm-card h3").all_inner_texts()
    page.reload()
    expect(page.locator(".user-row")).to_contain_text("something for two players")
    expect(page.locator(".tm-card")).to_have_count(len(titles))
    assert page.locator(".tm-card h3").all_inner_texts() == titles
    say(page, "under 60 minutes")
    expect(page.locator(".user-row")).to_have_count(2)


def test_a_second_visitor_sees_nothing_of_the_first(visit, address):
    first, second = visit(address), visit(address)
    say(first, "a game of the first visitor")
    second.reload()
    expect(second.get_by_role("heading", name="What are you in the mood for?")).to_be_visible()
    say(second, "a game of the second visitor")
    expect(second.locator(".user-row")).to_have_count(1)
    first.reload()
    expect(first.locator(".user-row")).to_have_count(1)
    expect(first.locator(".user-row")).to_contain_text("the first visitor")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_hostile_texts_are_shown_as_text(visit, hostile_address, scheme):
    page = visit(hostile_address, scheme=scheme)
    say(page, f"anything but <b>this</b> {HOSTILE}")
    expect(page.locator(".tm-card h3").first).to_contain_text("<script>window.ran='script'</script>")
    page.locator(".tm-card .tm-like").first.click()
    expect(page.locator(".tm-note")).to_contain_text("<script>")
    page.get_by_role("button", name=re.compile("^How I got here")).click()
    page.locator(".tm-evidence summary").first.click()
    page.locator(".tm-card .tm-more").nth(1).click()
    expect(page.locator(".user-row").last).to_contain_text("<script>")
    page.reload()
    expect(page.locator(".tm-cards")).to_have_count(2)
    assert page.evaluate("window.ran") is None
    assert page.locator("#tm-chat img, #tm-strip img, #tm-chat script").count() == 0


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_nothing_sticks_out_and_everything_can_be_reached(visit, address, size):
    page = visit(address, size, "dark")
    assert fits(page)
    say(page, "something by " + "a" * 120 + " for two players under 60 minutes")
    assert fits(page)
    more = page.get_by_role("button", name=re.compile("^More like this: ")).last
    more.scroll_into_view_if_needed()
    box = more.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["height"] >= (44 if size is PHONE else 36)
    page.get_by_role("button", name=re.compile("^How I got here")).click()
    assert fits(page)
    expect(page.get_by_role("button", name="Send")).to_be_in_viewport()


def test_the_page_asks_no_other_host_for_anything(visit, address):
    page = visit(address)
    say(page, "something for two players")
    assert [url for url in page.foreign if not url.startswith((address, "data:", "blob:"))] == []


def test_every_button_has_a_name(visit, address):
    page = visit(address)
    say(page, "something for two players")
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button:not([aria-hidden=true]), [role=button]')]
          .filter(each => each.checkVisibility() && !(each.getAttribute('aria-label') || each.textContent.trim()))
          .map(each => each.outerHTML.slice(0, 200))"""
    )
    assert nameless == []


def test_the_films_of_the_demo_answer_the_request_of_the_readme(visit, demo_workspace_path, encoder):
    serving = served(demo_workspace_path, encoder)
    page = visit(next(serving), PHONE)
    say(page, "a slow 80s sci-fi like Blade Runner, no horror, under two hours")
    expect(page.locator(".tm-card")).to_have_count(5)
    for chips in page.locator(".tm-card .tm-chips").all_inner_texts():
        assert "Sci-Fi" in chips
        assert "Horror" not in chips
    assert page.locator(".tm-marks .is-violates").count() == 0
    assert fits(page)
    next(serving, None)
