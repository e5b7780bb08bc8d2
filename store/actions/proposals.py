"""What would change in a project, and the proposals that wait for the office."""

from collections.abc import Collection, Mapping
from typing import Any

from policy.packs import Pack

from .. import outbox
from ..context import Tx
from ..outbox import Kind
from ..queries.drafts import Draft, columns_of, list_proposals_of, subject_of
from ..queries.people import get_pack
from ..queries.projects import Project, get_project
from ..tables import drafts

Change = dict[str, Any]
"""A `field`, and its columns `before` and `after`: none where nothing is known."""

_STATED = (
    "name", "signed_on", "county", "investment_yuan", "currency", "amount", "industry", "kind",
    "owner", "contact", "phone", "lead", "batch",
)  # fmt: skip


def list_changes(project: Project, fields: Mapping[str, Any]) -> list[Change]:
    """Where a registration's `fields` say otherwise than the ledger; what they leave out stays."""
    known = known_columns(project)
    changes = []
    for field in dict.fromkeys(map(subject_of, fields)):
        before, after = columns_of(known, field), columns_of(fields, field)
        if not _is_same(before, after):
            changes.append({"field": field, "before": before, "after": after})
    return changes


def known_columns(project: Project) -> dict[str, Any]:
    """What the ledger has of a project, as a registration would state it."""
    columns = {name: getattr(project, name) for name in _STATED}
    columns |= {"signed_on": project.signed_on.isoformat(), "eia": project.choices.get("eia")}
    return {name: value for name, value in columns.items() if value is not None}


def is_fixed(pack: Pack, project: Project, change: Change) -> bool:
    """Whether tasks were dispatched by what this would change: they are not taken back."""
    field, after = change["field"], change["after"]
    if project.template is None or field not in ("kind", "eia"):
        return False
    if field == "eia":
        return "eia" not in {choice.key for choice in project.undecided}
    found = pack.find_template(after["kind"])
    return found is None or found.key != project.template


def settle_proposals(
    tx: Tx, project_id: int, by: str, decided: Collection[str] = frozenset()
) -> None:
    """Brings the proposals in line with a project that was changed by somebody.

    The fields `decided` were stated by the office itself. What is left of a proposal has
    to be looked at anew; one of which nothing is left is closed.
    """
    project = get_project(tx, project_id)
    for draft in list_proposals_of(tx, project_id):
        values = _settle(tx, project, draft, by, decided)
        if values:
            tx.update(drafts, draft.id, **values)
            tx.write_entry("settle_proposal", draft.group_id)
            outbox.refresh(tx, Kind.DRAFT, draft.id, draft.group_id)


def name_changes(changes: list[Change], by: str) -> list[Change]:
    """The changes as a proposal keeps them."""
    return [{**change, "by": by} for change in changes]


def _settle(
    tx: Tx, project: Project, draft: Draft, by: str, decided: Collection[str]
) -> dict[str, Any]:
    pack = get_pack(tx, project.group_id)
    open_ = {name: v for name, v in draft.fields.items() if subject_of(name) not in decided}
    changes = list_changes(project, open_)
    changes = [each for each in changes if not is_fixed(pack, project, each)]
    amended = name_changes(changes, draft.author_name)
    if amended == draft.amended:
        return {}
    if not amended:
        undone = list_changes(project, draft.fields)
        return {"state": "declined" if undone else "amended", "decided_by": by}
    fields = {each["field"] for each in amended}
    return {
        "fields": {name: v for name, v in open_.items() if subject_of(name) in fields},
        "interpreted": [each for each in draft.interpreted if each["field"] in fields],
        "amended": amended,
        "revision": draft.revision + 1,
    }


def _is_same(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the ledger has what is stated; yuan are not dollars, whatever the number."""
    in_yuan = "investment_yuan" in before, "investment_yuan" in after
    return in_yuan[0] == in_yuan[1] and all(before.get(name) == v for name, v in after.items())
