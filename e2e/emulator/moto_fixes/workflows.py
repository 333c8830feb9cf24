"""Step Functions, which Terraform asks whether a definition is sound, and which versions there are."""
from __future__ import annotations

import json
from typing import Any

from moto.core.responses import ActionResult
from moto.stepfunctions.responses import StepFunctionResponse


def apply() -> None:
    """Patches moto's classes; to be called once."""
    StepFunctionResponse.validate_state_machine_definition = _validate  # type: ignore[attr-defined]
    StepFunctionResponse.list_state_machine_versions = _no_versions  # type: ignore[attr-defined]


def _no_versions(_: Any) -> ActionResult:
    """A state machine has only those versions that somebody published, which nothing here does.

    https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachineVersions.html
    """
    return ActionResult({"stateMachineVersions": []})


def _validate(self: Any) -> ActionResult:
    """Whether a definition is Amazon States Language, begins at one of its states, and goes on to states that it has.

    https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
    """
    definition = self._get_param("definition")
    try:
        problems = list(_problems(json.loads(definition), "")) or list(_wrong_language(definition))
    except ValueError as error:
        problems = [("INVALID_JSON_DESCRIPTION", str(error), "")]
    return ActionResult({
        "result": "FAIL" if problems else "OK",
        "diagnostics": [{"severity": "ERROR", "code": code, "message": message, "location": location}
                        for code, message, location in problems],
        "truncated": False,
    })


def _wrong_language(definition: str) -> Any:
    """What the grammar says with which moto runs state machines; it takes a second to load."""
    from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser, ASLParserException

    try:
        AmazonStateLanguageParser.parse(definition)
    except (ASLParserException, ValueError) as error:
        yield "SCHEMA_VALIDATION_FAILED", str(error), "/"


def _problems(machine: Any, path: str) -> Any:
    states = machine.get("States") if isinstance(machine, dict) else None
    if not isinstance(states, dict) or not states:
        yield "SCHEMA_VALIDATION_FAILED", "there are no States", path or "/"
        return
    if machine.get("StartAt") not in states:
        yield "MISSING_TRANSITION_TARGET", f"StartAt {machine.get('StartAt')} is no state", f"{path}/StartAt"
    reached = {machine.get("StartAt")}
    for name, state in states.items():
        at = f"{path}/States/{name}"
        targets = [state[key] for key in ("Next", "Default") if key in state]
        targets += [rule["Next"] for key in ("Choices", "Catch") for rule in state.get(key, [])]
        reached.update(targets)
        for target in targets:
            if target not in states:
                yield "MISSING_TRANSITION_TARGET", f"{target} is no state", at
        if state.get("Type") not in ("Choice", "Succeed", "Fail") and ("Next" in state) == (state.get("End") is True):
            yield "SCHEMA_VALIDATION_FAILED", "a state has either Next or End", at
        inner = [*state.get("Branches", []), *(state[key] for key in ("ItemProcessor", "Iterator") if key in state)]
        for index, machine_in_it in enumerate(inner):
            yield from _problems(machine_in_it, f"{at}/{index}")
    for name in states:
        if name not in reached:
            yield "MISSING_TRANSITION_TARGET", f"no state leads to {name}", f"{path}/States/{name}"
