"""Ids in one text or in several, as tables and metric rows name their sources and sites."""

from __future__ import annotations

from collections.abc import Iterable

from zonebook.metrics.figures import is_missing


def split_ids(source_ids: object) -> tuple[str, ...]:
    """Return source ids given as a sequence or as one text separated by ``;``, without repeats."""
    if is_missing(source_ids) if not isinstance(source_ids, (list, tuple, set, frozenset)) else False:
        return ()
    parts: Iterable[object] = source_ids.split(";") if isinstance(source_ids, str) else source_ids  # type: ignore[assignment]
    flat = (piece.strip() for part in parts if not is_missing(part) for piece in str(part).split(";"))
    return tuple(dict.fromkeys(piece for piece in flat if piece))
