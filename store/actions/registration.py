"""建账: from what was read in the group to a project in the ledger with its tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, select

from policy.targets import dispatch_due, draft_due

from .. import outbox
from ..access import access_member, access_office
from ..context import Tx
from ..errors import Refusal, Why
from ..outbox import Kind, Priority
from ..queries.choices import TEMPLATE, list_decided
from ..queries.drafts import Draft, get_draft
from ..queries.people import Group, Member, get_group, get_pack
from ..queries.projects import Project, get_project
from ..tables import drafts, projects
from .dispatch import dispatch_items, last_day, next_number
from .proposals import settle_proposals
from .repeats import find_incomplete, find_same, refresh_twins, take_over
from .updates import refuse

MOST_POSTS = 8  # so many drafts of one message have a post of their own


@dataclass(frozen=True, slots=True)
class ProjectInput:
    """One project as a message stated it, in JSON's terms.

    `fields`: the columns of a project (ISO dates, whole yuan) and `eia` (report
    or form); `interpreted`: field, said, value; `problems`: code, field, said.
    """

    fields: dict[str, Any]
    interpreted: list[dict[str, str]] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As a draft keeps what its message states."""
        return {
            "fields": self.fields,
            "interpreted": self.interpreted,
            "problems": self.problems,
        }


def receive(tx: Tx, group: Group, inputs: Sequence[ProjectInput]) -> None:
    """Takes a registration: each project becomes an entry of the ledger or a draft.

    The office registers at once what is complete and was not interpreted.
    Everything else is a draft, and the office's working day runs from now (Z1).
    Raises Refusal(STRANGER) or (NOT_ACTIVE).
    """
    member = access_member(tx, tx.request.user_id)
    kept = []
    for position, each in enumerate(inputs):
        try:
            kept.append(receive_one(tx, group, member, each, position))
        except Refusal as refusal:
            refuse(tx, group, refusal)
    queue_drafts(tx, group, kept)


def choose(tx: Tx, project_id: int, choice: str, option: str) -> Project:
    """The office decides what the message left open; the tasks that follow are dispatched.

    `choice` is "template" or the key of a choice of the project's template.
    Raises Refusal: OFFICE_ONLY, ALREADY_DECIDED, OLD_BUTTON, TOO_LATE.
    """
    member = access_office(tx, tx.request.user_id)
    tx.lock(projects, projects.c.id == project_id)
    project = get_project(tx, project_id)
    asked = next((each for each in project.undecided if each.key == choice), None)
    if asked is None:
        raise Refusal(Why.ALREADY_DECIDED, number=project.number)
    if option not in {each.key for each in asked.options}:
        raise Refusal(Why.OLD_BUTTON)
    decided: dict[str, Any] = {"choices": {**project.choices, choice: option}}
    if choice == TEMPLATE:
        decided = {"template": option}
    tx.compare_and_set(projects, project_id, project.version, **decided)
    dispatch_decided(tx, project_id)
    tx.write_entry("choose", project.group_id)
    settle_proposals(tx, project_id, member.name)
    return get_project(tx, project_id)


def dispatch_decided(tx: Tx, project_id: int) -> None:
    """Dispatches what follows from a decision on a project that has been written.

    Once nothing is open, a new card says so: departments have new tasks and nobody
    notices an edit.
    """
    _dispatch(tx, project_id)
    project = get_project(tx, project_id)
    outbox.refresh(tx, Kind.CARD, project_id, project.group_id)
    if not project.undecided:
        outbox.queue(
            tx,
            Kind.CARD,
            get_group(tx, project.group_id).chat_id,
            group_id=project.group_id,
            subject=project_id,
            priority=Priority.TASKS,
            anew=True,
        )


def receive_one(
    tx: Tx, group: Group, member: Member, stated: ProjectInput, position: int = 0
) -> int | None:
    """Takes what a message states of one project, at this position in it.

    Gives the draft that is to be shown, or None where it came into the ledger.
    Raises Refusal(DUPLICATE_PROJECT).
    """
    refuse_duplicate(tx, group, stated.fields)
    words = stated.as_json()
    same = find_same(tx, group, words)
    partial = None if same else find_incomplete(tx, group, words)
    if partial:
        take_over(tx, partial, words, position)
    known = same or partial
    draft_id = known.id if known else _keep(tx, group, member, stated, position)
    if may_count(member, stated):
        register_draft(tx, group, get_draft(tx, draft_id), member)
        return None
    if same is None:
        tx.write_entry("complete_draft" if partial else "hand_over", group.id)
    return draft_id


def _keep(tx: Tx, group: Group, member: Member, stated: ProjectInput, position: int) -> int:
    return tx.insert(
        drafts,
        group_id=group.id,
        state="incomplete" if stated.problems else "waiting",
        author_id=member.user_id,
        author_name=member.name,
        source_chat_id=tx.request.chat_id,
        source_message_id=tx.request.message_id,
        source_position=position,
        stated=stated.as_json(),
        received_at=tx.now,
        due=office_due(tx, group, tx.now),
        expires_on=expiry(tx, group, stated.problems),
        fields=stated.fields,
        interpreted=stated.interpreted,
        problems=stated.problems,
        amended=[],
    )


def expiry(tx: Tx, group: Group, problems: Sequence[dict[str, str]]) -> date | None:
    """Until when it is waited for what is missing; None where nothing is."""
    if not problems:
        return None
    return last_day(draft_due(get_pack(tx, group.id), tx.rules.calendar, tx.today))


def may_count(member: Member, stated: ProjectInput) -> bool:
    """Whether it is in the ledger at once: from the office, complete, and plainly written."""
    return member.runs_ledger and not stated.problems and not stated.interpreted


def register_draft(tx: Tx, group: Group, draft: Draft, member: Member) -> int:
    """Enters a draft, as its row says, into the ledger; gives the project's id."""
    project_id = _register_project(tx, group, draft)
    tx.update(drafts, draft.id, state="registered", project_id=project_id, decided_by=member.name)
    tx.write_entry("register_project", group.id)
    outbox.refresh(tx, Kind.DRAFT, draft.id, group.id)
    refresh_twins(tx, draft)
    return project_id


def _register_project(tx: Tx, group: Group, draft: Draft) -> int:
    """A project with its tasks, and its card as a reply to the message that states it."""
    project_id = tx.insert(
        projects,
        group_id=group.id,
        stage="signed",
        handed_over_at=draft.received_at,
        registered_at=tx.now,
        **_columns(tx, group, draft.fields),
        dispatch_due=office_due(tx, group, draft.received_at),
    )
    _dispatch(tx, project_id)
    source = draft.source_message_id if draft.source_chat_id == group.chat_id else None
    show_everywhere(
        tx, group, Kind.CARD, project_id, Priority.TASKS, source or _message_in(tx, group)
    )
    return project_id


def _columns(tx: Tx, group: Group, fields: dict[str, Any]) -> dict[str, Any]:
    """A project's columns as its fields state them, with its number and code."""
    pack = get_pack(tx, group.id)
    number = next_number(tx, group.id, "last_project")
    stated = {name: value for name, value in fields.items() if name != "eia"}
    template = pack.find_template(fields.get("kind") or "")
    return {
        **stated,
        "number": number,
        "code": f"{pack.code}-{tx.today.year}-{number:04d}",
        "signed_on": date.fromisoformat(fields["signed_on"]),
        "template": template.key if template else None,
        "choices": {"eia": fields["eia"]} if fields.get("eia") else {},
    }


def office_due(tx: Tx, group: Group, handed_over_at: datetime) -> date:
    """Until when the office has to register and dispatch what was handed over (Z1)."""
    day = tx.rules.today(handed_over_at)
    return last_day(dispatch_due(get_pack(tx, group.id), tx.rules.calendar, day))


def _dispatch(tx: Tx, project_id: int) -> None:
    """Dispatches what is decided; the project counts as dispatched when nothing is open (Z1)."""
    project = get_project(tx, project_id)
    pack = get_pack(tx, project.group_id)
    dispatch_items(tx, project, list_decided(pack, project.template, project.choices))
    if not project.undecided and project.dispatched_at is None:
        tx.update(projects, project_id, dispatched_at=tx.now)


def refuse_duplicate(
    tx: Tx, group: Group, fields: Mapping[str, Any], but: int | None = None
) -> None:
    """Raises Refusal(DUPLICATE_PROJECT) where the county has a project of this name.

    `but`: the project that is to have it.
    """
    same = and_(
        projects.c.group_id == group.id,
        projects.c.name == fields.get("name"),
        projects.c.county == fields.get("county"),
        projects.c.id != (but or 0),
    )
    row = tx.conn.execute(select(projects.c.number, projects.c.name).where(same)).one_or_none()
    if row is not None:
        raise Refusal(Why.DUPLICATE_PROJECT, number=row.number, name=row.name)


def queue_draft(tx: Tx, group: Group, draft_id: int) -> None:
    """Shows a draft anew to whoever wrote, and wherever else it stands as it is now."""
    show_everywhere(tx, group, Kind.DRAFT, draft_id, Priority.ANSWER, _message_in(tx, group))
    outbox.refresh(tx, Kind.DRAFT, draft_id, group.id)


def queue_drafts(tx: Tx, group: Group, kept: Sequence[int | None]) -> None:
    """Shows the drafts of one message: each by itself, or very many summed up in one post."""
    shown = list(dict.fromkeys(each for each in kept if each is not None))
    if len(shown) <= MOST_POSTS:
        for draft_id in shown:
            queue_draft(tx, group, draft_id)
        return
    source, data = _message_in(tx, group), {"drafts": shown}
    show_everywhere(tx, group, Kind.DRAFTS, None, Priority.ANSWER, source, data)
    for draft_id in shown:  # one that had been sent before
        outbox.refresh(tx, Kind.DRAFT, draft_id, group.id)


def show_everywhere(
    tx: Tx,
    group: Group,
    kind: Kind,
    subject: int | None,
    priority: Priority,
    reply_to: int | None,
    data: dict[str, Any] | None = None,
) -> None:
    """Queues a post for the group, and for the private chat in which this was written."""
    chats = {group.chat_id: reply_to}
    if tx.request.chat_id is not None:
        chats.setdefault(tx.request.chat_id, tx.request.message_id)
    for chat_id, quoted in chats.items():
        outbox.queue(
            tx,
            kind,
            chat_id,
            group_id=group.id,
            subject=subject,
            data=data,
            reply_to=quoted,
            priority=priority,
        )


def _message_in(tx: Tx, group: Group) -> int | None:
    """The message that this came with; a private one's number is another's in the group."""
    return tx.request.message_id if tx.request.chat_id == group.chat_id else None
