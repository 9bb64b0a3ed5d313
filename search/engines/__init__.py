"""The engines: each fulfils the protocols of `search.engine` and passes `tests/engine_contract.py`."""
