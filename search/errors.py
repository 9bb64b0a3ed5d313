"""Every error that crosses a module's border, and what each asks of whoever reads it.

    DatelineError
    ├── SettingsError          a setting is unknown or has a value that cannot be used
    ├── InvalidRecord          an article, capture or finding contradicts itself
    ├── ArchiveError
    │   ├── ArchiveMissing     there is no archive where one was expected
    │   ├── ArchiveTooNew      a newer Dateline wrote it
    │   └── ArchiveBusy        another process holds the lock
    ├── ImportRefused          a file or page is no article; it is set aside with this reason
    ├── FetchRefused           an address, robots rule or limit forbids a request
    ├── RecognizerUnusable     what should find names is unknown, not installed, damaged, or answers wrongly
    └── EngineError
        ├── NoGeneration       nothing has been indexed yet
        ├── GenerationDamaged  files of an index are missing or not what was written
        └── UnknownEngine      the address names no engine

Each message is one sentence about what is wrong and one about what to do.
"""


class DatelineError(Exception):
    """The root of all errors that Dateline raises on purpose; shown to people without a traceback."""


class SettingsError(DatelineError):
    """A setting is unknown or has a value that cannot be used."""


class InvalidRecord(DatelineError, ValueError):
    """A record contradicts itself, so that it is refused where it is made."""


class ArchiveError(DatelineError):
    """The store of record cannot do what was asked."""


class ArchiveMissing(ArchiveError):
    """There is no archive where one was expected."""


class ArchiveTooNew(ArchiveError):
    """The archive was written by a newer Dateline than this one."""


class ArchiveBusy(ArchiveError):
    """Another process is changing the same archive."""


class ImportRefused(DatelineError):
    """What was read is no article; the reason says why."""


class FetchRefused(DatelineError):
    """A request was not made, or an answer was not taken."""


class RecognizerUnusable(DatelineError):
    """What should find names is unknown, not installed, damaged, or answers wrongly."""


class EngineError(DatelineError):
    """The index cannot do what was asked."""


class NoGeneration(EngineError):
    """Nothing has been indexed yet."""


class GenerationDamaged(EngineError):
    """Files of an index are missing or are not what was written."""


class UnknownEngine(EngineError):
    """The address names no engine that this Dateline has."""
