"""The table of contents of a generation: its segments, which of their articles are dead, and how values correspond.

A segment never changes and is shared by the generations that hold it; what changes stands here.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from search.engines.whoosh.arrays import ArrayFile, ArrayWriter
from search.engines.whoosh.columns import COLUMNS, joined
from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.segment import ENDING, Segment
from search.engines.whoosh.shard import Shard
from search.errors import GenerationDamaged

CONTENTS = "contents"


def write_contents(folder: Path, shards: Sequence[Shard]) -> None:
    """Writes the table of contents of a generation's folder."""
    with ArrayWriter(folder / CONTENTS) as out:
        out.remembered["segments"] = {shard.segment.name: shard.segment.file.checksum for shard in shards}
        for shard in shards:
            if shard.dead is not None:
                out.put(f"{shard.segment.name}.dead", np.packbits(shard.dead))
        for column in COLUMNS if len(shards) > 1 else ():
            _, numbers = joined([list(shard.segment.column(column).values) for shard in shards])
            for shard, ordinals in zip(shards, numbers, strict=True):
                out.put(f"{shard.segment.name}.{column}", ordinals.astype(np.uint32))
        out.close()


def open_shards(folder: Path, kernels: Kernels, opened: Mapping[str, Segment]) -> list[Shard]:
    """The shards of a generation. Segments that are `opened` already are not opened again. Raises GenerationDamaged."""
    contents = ArrayFile(folder / CONTENTS)
    shards = []
    names: dict[str, str] = contents.remembered["segments"]
    for name, checksum in names.items():
        segment = opened.get(name) or Segment(folder / (name + ENDING), kernels)
        if segment.file.checksum != checksum:
            raise GenerationDamaged(f"{folder.name}/{name}{ENDING} is another segment than was written; "
                                    "run `dateline reindex`")
        dead = None
        if f"{name}.dead" in contents:
            dead = np.unpackbits(contents.whole(f"{name}.dead"), count=segment.articles).astype(bool)
        ordinals = {column: contents.whole(f"{name}.{column}").astype(np.intp)
                    for column in COLUMNS if len(names) > 1}
        shards.append(Shard(segment, dead, ordinals))
    return shards
