"""What is changed in a project after its registration: by the office at once, else proposed.

A proposal is a draft of a project that is in the ledger already: it shows old and new, and
counts once the office has confirmed what was shown.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from policy.packs import Pack
from policy.rights import Role

from .. import outbox
from ..access import access_member
from ..context import Tx
from ..errors import Refusal, Why
from ..outbox import Kind, Priority
from ..queries.drafts import (
    PROPOSED,
    Draft,
    columns_of,
    find_author,
    list_proposals_of,
    subject_of,
)
from ..queries.people import Group, Member, get_group, get_pack
from ..queries.projects import Project, get_project
from ..queries.tasks import list_of_project
from ..tables import drafts, projects
from .dispatch import next_number, refresh_task
from .proposals import (
    Change,
    is_fixed,
    known_columns,
    list_changes,
    name_changes,
    settle_proposals,
)
from .registration import (
    ProjectInput,
    dispatch_decided,
    office_due,
    queue_draft,
    refuse_duplicate,
)
from .statements import MISSING, list_wrong
from .updates import warn

CONTACT = ("owner", "contact", "phone")
_MONEY = ("investment_yuan", "currency", "amount")


def amend(
    tx: Tx,
    project_id: int,
    stated: ProjectInput,
    *,
    edited: bool = False,
    propose: bool = False,
) -> None:
    """Changes a project to what its message says by now (`edited`), or to the lines of a reply.

    What the office states plainly counts at once; so does a contact that nobody knew, where
    somebody who looks after the project supplies it. The rest is proposed to the office.
    What is not mentioned stays. `propose`: nothing of it counts at once.
    Raises Refusal: NOT_THEIRS, DUPLICATE_PROJECT.
    """
    member = access_member(tx, tx.request.user_id)
    tx.lock(projects, projects.c.id == project_id)
    project = get_project(tx, project_id)
    if not _looks_after(tx, member, project):
        raise Refusal(Why.NOT_THEIRS, name=project.county)
    pack = get_pack(tx, project.group_id)
    changes = list_changes(project, stated.fields)
    fixed = [one for one in changes if is_fixed(pack, project, one)]
    changes = [one for one in changes if one not in fixed]
    _refuse_taken_name(tx, project, changes)
    at_once = [] if propose else _pick_at_once(member, stated, changes, edited=edited)
    rest = [one for one in changes if one not in at_once]
    if at_once:
        _change_project(tx, pack, project, at_once)
        tx.write_entry("amend_project", project.group_id)
        decided = {one["field"] for one in at_once} if member.runs_ledger else set[str]()
        settle_proposals(tx, project.id, member.name, decided)
    _propose(tx, project, member, stated, rest)
    said = _list_said(project, stated, at_once, fixed)
    if said:
        _tell(tx, project, member, {**said, "by_office": member.runs_ledger})
    elif not (edited or rest):
        warn(tx, get_group(tx, project.group_id), "lines_known", {"number": project.number})


def carry_out_proposal(tx: Tx, draft: Draft, member: Member) -> int:
    """Changes a project as the office has confirmed; gives its number.

    Raises Refusal: CHANGED where the ledger has become another one, DUPLICATE_PROJECT.
    """
    if draft.project_id is None:
        raise Refusal(Why.OLD_BUTTON)
    tx.lock(projects, projects.c.id == draft.project_id)
    project = get_project(tx, draft.project_id)
    changes = list_changes(project, draft.fields)
    if name_changes(changes, draft.author_name) != draft.amended:
        raise Refusal(Why.CHANGED)
    _refuse_taken_name(tx, project, changes)
    _change_project(tx, get_pack(tx, project.group_id), project, changes)
    tx.update(drafts, draft.id, state="amended", decided_by=member.name)
    tx.write_entry("confirm_proposal", draft.group_id)
    outbox.refresh(tx, Kind.DRAFT, draft.id, draft.group_id)
    settle_proposals(tx, project.id, member.name)
    return project.number


def _looks_after(tx: Tx, member: Member, project: Project) -> bool:
    if member.runs_ledger or member.user_id == find_author(tx, project.id):
        return True
    return member.role is Role.COUNTY and member.department == project.county


def _refuse_taken_name(tx: Tx, project: Project, changes: Sequence[Change]) -> None:
    after = {"name": project.name, "county": project.county}
    for change in changes:
        after |= {name: v for name, v in change["after"].items() if name in after}
    refuse_duplicate(tx, get_group(tx, project.group_id), after, but=project.id)


def _pick_at_once(
    member: Member, stated: ProjectInput, changes: list[Change], *, edited: bool
) -> list[Change]:
    """What needs nobody's confirmation. Of what the office states all or nothing: one list."""
    interpreted = {one["field"] for one in stated.interpreted}
    plain = [one for one in changes if one["field"] not in interpreted]
    if member.runs_ledger:
        return plain if plain == changes else []
    return [one for one in plain if one["field"] in CONTACT and not one["before"] and not edited]


def _change_project(tx: Tx, pack: Pack, project: Project, changes: Sequence[Change]) -> None:
    """Writes the changes, with what was there before, and whatever follows from them.

    The limits that run from the day of signing are counted from it each time.
    """
    values: dict[str, Any] = {}
    for change in changes:
        values |= _values(pack, project, change)
    tx.compare_and_set(projects, project.id, project.version, **values)
    tx.note_before({name: getattr(project, name) for name in values})
    if "name" in values:
        next_number(tx, project.group_id, "renames")
    if {"template", "choices"} & values.keys():
        dispatch_decided(tx, project.id)
    outbox.refresh(tx, Kind.CARD, project.id, project.group_id)
    for task in list_of_project(tx, project.id) if "name" in values else ():
        refresh_task(tx, task)


def _values(pack: Pack, project: Project, change: Change) -> dict[str, Any]:
    """The columns of a project that a change writes."""
    after: dict[str, Any] = change["after"]
    match change["field"]:
        case "investment":
            return {**dict.fromkeys(_MONEY), **after}
        case "signed_on":
            return {"signed_on": date.fromisoformat(after["signed_on"])}
        case "eia":
            return {"choices": {**project.choices, **after}}
        case "kind" if project.template is None:
            found = pack.find_template(after["kind"])
            return {**after, "template": found.key if found else None}
        case _:
            return after


def _propose(
    tx: Tx, project: Project, member: Member, stated: ProjectInput, changes: list[Change]
) -> None:
    """Puts changes to the office: with those that this member proposed before, as one list."""
    own = _find_own(tx, project, member)
    given = {subject_of(name) for name in stated.fields}
    kept = [one for one in own.amended if one["field"] not in given] if own else []
    amended = kept + name_changes(changes, member.name)
    if not changes and (own is None or kept == own.amended):
        return
    group = get_group(tx, project.group_id)
    if own and not amended:
        tx.update(drafts, own.id, state="declined", decided_by=member.name)
        tx.write_entry("decline_draft", group.id)
        outbox.refresh(tx, Kind.DRAFT, own.id, group.id)
        return
    fields = {one["field"] for one in amended}
    values: dict[str, Any] = {
        "fields": {name: v for one in amended for name, v in one["after"].items()},
        "interpreted": [
            one
            for one in [*(own.interpreted if own else ()), *stated.interpreted]
            if one["field"] in fields and (one in stated.interpreted or one["field"] not in given)
        ],
        "amended": amended,
    }
    if own:
        tx.update(drafts, own.id, **values, revision=own.revision + 1)
    draft_id = own.id if own else _insert_proposal(tx, group, project, member, values)
    tx.write_entry("propose", group.id)
    queue_draft(tx, group, draft_id)


def _find_own(tx: Tx, project: Project, member: Member) -> Draft | None:
    found = list_proposals_of(tx, project.id)
    return next((each for each in found if each.author_id == member.user_id), None)


def _insert_proposal(
    tx: Tx, group: Group, project: Project, member: Member, values: dict[str, Any]
) -> int:
    return tx.insert(
        drafts,
        group_id=group.id,
        state=PROPOSED,
        author_id=member.user_id,
        author_name=member.name,
        stated={},
        received_at=tx.now,
        due=office_due(tx, group, tx.now),
        problems=[],
        project_id=project.id,
        **values,
    )


def _list_said(
    project: Project, stated: ProjectInput, changes: list[Change], fixed: list[Change]
) -> dict[str, Any]:
    """What there is to tell: changed, wrong, fixed by the tasks, and no longer stated."""
    known = known_columns(project)
    gone = [one["field"] for one in stated.problems if one["code"] == MISSING]
    kept = [{"field": field, "columns": columns_of(known, field)} for field in gone]
    said = {
        "changes": changes,
        "problems": list_wrong(stated),
        "fixed": [one["field"] for one in fixed],
        "kept": [one for one in kept if one["columns"]],
    }
    return {name: found for name, found in said.items() if found}


def _tell(tx: Tx, project: Project, member: Member, said: dict[str, Any]) -> None:
    """Says it to whoever wrote; what is changed, the group reads as well."""
    group, request = get_group(tx, project.group_id), tx.request
    if "changes" in said and request.chat_id != group.chat_id:
        outbox.queue(
            tx,
            Kind.AMENDED,
            group.chat_id,
            group_id=group.id,
            subject=project.id,
            data={"changes": said["changes"], "by": member.name},
            priority=Priority.ANSWER,
        )
    outbox.queue(
        tx,
        Kind.AMENDED,
        request.chat_id or group.chat_id,
        group_id=group.id,
        subject=project.id,
        data=said,
        reply_to=request.message_id,
        priority=Priority.ANSWER,
    )
