from __future__ import annotations

import itertools
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from benchmarks.search import corpus, score

BRANDS = corpus.read_brands()
QUERIES = score.read_queries()
LANGUAGES = {"en", "de", "fr"}

# Gains 3 and 1; discounts of the first four places: 1, 0.63093, 0.5, 0.43068.
GRADES = {"best": 2, "good": 1}
IDEAL = 3 + 0.63093


@pytest.mark.parametrize(
    ("ranked", "grades", "expected"),
    [
        (["best", "good"], GRADES, 1),
        (["good", "best"], GRADES, (1 + 3 * 0.63093) / IDEAL),
        (["x", "best", "y", "good"], GRADES, (3 * 0.63093 + 0.43068) / IDEAL),
        (["x", "good"], GRADES, 0.63093 / IDEAL),
        (["best"], GRADES, 3 / IDEAL),
        ([], GRADES, 0),
        (["x", "y"], GRADES, 0),
        # Ten of twelve: what lies beyond the limit is neither gained nor missed.
        ([f"c{number}" for number in range(10)], {f"c{n}": 1 for n in range(12)}, 1),
        ([*"abcdefghij", "best"], {"best": 2}, 0),
    ],
)
def test_ndcg_is_what_was_worked_out_by_hand(ranked, grades, expected):
    assert score.ndcg(ranked, grades) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [(["good", "x"], 0.5), (["best", "x", "good"], 1), ([], 0), ([*"abcdefghij", "best"], 0)],
)
def test_recall_counts_both_grades_alike(ranked, expected):
    assert score.recall(ranked, GRADES) == expected


def question(text: str, kind: str, grades: dict[str, int]) -> score.Query:
    return score.Query(text, "shop", kind, "en", "tune", grades)


ASKED = [
    question("a", "product", GRADES),
    question("b", "product", GRADES),
    question("c", "season", {"good": 1}),
    question("d", "unanswerable", {}),
    question("e", "unanswerable", {}),
]


def rank(brand: str, query: str, limit: int) -> list[str]:
    assert (brand, limit) == ("shop", 10)
    return {"a": ["best", "good"], "c": ["good"], "e": ["x"]}.get(query, [])


def test_scores_are_means_by_kind_and_over_all():
    assert score.score(rank, ASKED) == {
        "product": score.Score(2, 0.5, 0.5, None),
        "season": score.Score(1, 1, 1, None),
        "unanswerable": score.Score(2, None, None, 0.5),
        "all": score.Score(5, pytest.approx(2 / 3), pytest.approx(2 / 3), 0.5),
    }


@pytest.mark.parametrize("answer", [["x", "x"], [str(number) for number in range(11)]])
def test_an_answer_that_would_gain_twice_is_refused(answer):
    with pytest.raises(ValueError, match="shop: 'a': more than 10 ids, or one twice"):
        score.score(lambda _brand, _query, _limit: answer, ASKED)


def test_the_table_sets_ways_side_by_side():
    ways = {"words": score.score(lambda *_: [], ASKED), "fused": score.score(rank, ASKED)}
    assert score.table(ways) == (
        "| kind | queries | words | fused |\n"
        "| --- | ---: | ---: | ---: |\n"
        "| product | 2 | 0.000 · 0.000 | 0.500 · 0.500 |\n"
        "| season | 1 | 0.000 · 0.000 | 1.000 · 1.000 |\n"
        "| unanswerable | 2 | 100% nothing | 50% nothing |\n"
        "| all | 5 | 0.000 · 0.000 | 0.667 · 0.667 |\n"
    )
    assert score.behind(ways, "fused") == []
    assert score.behind(ways, "words") == ["product", "season", "all"]


@pytest.mark.slow
def test_the_campaigns_make_a_sound_repository(tmp_path: Path):
    corpus.write_repository(tmp_path / "chain", BRANDS)
    command = [sys.executable, "-m", "storesync", "-C", str(tmp_path / "chain"), "validate"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert (
        f"{sum(len(brand['campaigns']) for brand in BRANDS.values())} campaigns: 0 errors" in said
    )


def test_a_text_in_some_languages_goes_where_they_are_spoken():
    campaign = {"name": "A", "flight": {}, "de": ["Kopf", "Text"], "results": {}, "summary": "."}
    assert corpus.campaign_file(campaign, ["en-GB", "de-DE"]) == {
        "name": "A",
        "flight": {},
        "template": "shared/offer",
        "locales": ["de-DE"],
        "select": [{"countries": ["DE"]}],
        "values": {"headline": "Kopf", "message": "Text"},
    }


def campaigns() -> dict[tuple[str, str], dict]:
    return {
        (brand_id, campaign_id): campaign
        for brand_id, brand in BRANDS.items()
        for campaign_id, campaign in brand["campaigns"].items()
    }


def texts(campaign: dict) -> dict[str, list[str]]:
    return {language: campaign[language] for language in LANGUAGES & campaign.keys()}


def test_there_is_as_much_as_was_asked_for():
    assert len(campaigns()) >= 150
    assert len(BRANDS) == 3
    answerable = [query for query in QUERIES if query.grades]
    assert len(answerable) >= 80
    assert len(QUERIES) - len(answerable) >= 10


def test_no_text_is_used_twice():
    pairs = [pair for campaign in campaigns().values() for pair in texts(campaign).values()]
    counted = Counter(text for pair in pairs for text in pair)
    assert [text for text, count in counted.items() if count > 1] == []


def test_queries_are_about_campaigns_that_exist():
    known = campaigns()
    for query in QUERIES:
        assert query.brand in BRANDS
        missing = [id_ for id_ in query.grades if (query.brand, id_) not in known]
        assert missing == [], query.text
        assert (2 in query.grades.values()) == (query.kind != "unanswerable"), query.text
    asked = Counter((query.brand, query.text) for query in QUERIES)
    assert max(asked.values()) == 1


def test_whoever_knows_the_grades_has_a_whole_score():
    known = {(query.brand, query.text): query.grades for query in QUERIES}

    def best_first(brand: str, query: str, limit: int) -> list[str]:
        grades = known[brand, query]
        return sorted(grades, key=lambda id_: -grades[id_])[:limit]

    for kind, result in score.score(best_first, QUERIES).items():
        if kind != "unanswerable":
            assert (result.ndcg, result.recall) == (pytest.approx(1), 1), kind
        assert result.silent in {None, 1}


def test_no_campaign_was_judged_twice_for_one_query():
    for entry in yaml.load(score.QUERIES.read_bytes(), yaml.CSafeLoader)["queries"]:
        judged = [*entry.get("wanted", []), *entry.get("useful", [])]
        assert len(set(judged)) == len(judged), entry["query"]


def test_halves_alternate_within_each_kind():
    by_kind = sorted(QUERIES, key=lambda query: query.kind)
    for kind, group in itertools.groupby(by_kind, key=lambda query: query.kind):
        halves = [query.half for query in group]
        expected = itertools.cycle(["tune", "held_out"])
        assert halves == list(itertools.islice(expected, len(halves))), kind


def test_a_question_across_languages_has_no_word_to_go_by():
    known = campaigns()
    for query in QUERIES:
        spoken = {
            language
            for id_, grade in query.grades.items()
            if grade == 2
            for language in texts(known[query.brand, id_])
        }
        if query.kind == "cross-language":
            assert query.language not in spoken, query.text
        assert query.language in LANGUAGES


def test_an_exact_name_stands_in_what_is_wanted_and_nowhere_else():
    known = campaigns()
    for query in (query for query in QUERIES if query.kind == "exact"):
        holding = {
            id_
            for (brand, id_), campaign in known.items()
            if brand == query.brand and query.text in str(campaign)
        }
        assert holding == {id_ for id_, grade in query.grades.items() if grade == 2}, query.text
