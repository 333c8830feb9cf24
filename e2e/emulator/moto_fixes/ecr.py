"""ECR, of which moto knows neither pull through caches nor templates of repositories."""
from __future__ import annotations

from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ecr.models import ECRBackend
from moto.ecr.responses import ECRResponse

# What a template may say. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_RepositoryCreationTemplate.html
_TEMPLATE = ("prefix", "description", "encryptionConfiguration", "resourceTags", "imageTagMutability",
             "imageTagMutabilityExclusionFilters", "repositoryPolicy", "lifecyclePolicy", "appliedFor",
             "customRoleArn")
# What a rule may say. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PullThroughCacheRule.html
_RULE = ("ecrRepositoryPrefix", "upstreamRegistryUrl", "upstreamRegistry", "credentialArn", "customRoleArn",
         "upstreamRepositoryPrefix")


def apply() -> None:
    """Patches moto's classes; to be called once."""
    for action in (_create_pull_through_cache_rule, _describe_pull_through_cache_rules,
                   _update_pull_through_cache_rule, _delete_pull_through_cache_rule,
                   _create_repository_creation_template, _describe_repository_creation_templates,
                   _update_repository_creation_template, _delete_repository_creation_template):
        setattr(ECRResponse, action.__name__[1:], action)


class _Refused(JsonRESTError):
    code = 400


def rules_of(backend: ECRBackend) -> dict[str, dict[str, Any]]:
    """Pull through cache rules by prefix, for leftovers too."""
    return _kept(backend, "pull_through_cache_rules")


def templates_of(backend: ECRBackend) -> dict[str, dict[str, Any]]:
    """Templates of repositories by prefix, for leftovers too."""
    return _kept(backend, "repository_creation_templates")


def _kept(backend: ECRBackend, name: str) -> dict[str, dict[str, Any]]:
    if not hasattr(backend, name):
        setattr(backend, name, {})
    return getattr(backend, name)  # type: ignore[no-any-return]


def _given(response: Any, members: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name in members if (value := response._get_param(name)) is not None}


def _found(response: Any, kept: dict[str, dict[str, Any]], key: str, error: str) -> dict[str, Any]:
    prefix = response._get_param(key)
    if prefix not in kept:
        raise _Refused(error, f"There is none for the prefix {prefix}.")
    return kept[prefix]


def _several(kept: dict[str, dict[str, Any]], prefixes: list[str] | None, error: str) -> list[dict[str, Any]]:
    missing = [prefix for prefix in prefixes or [] if prefix not in kept]
    if missing:
        raise _Refused(error, f"There is none for the prefix {missing[0]}.")
    return [each for prefix, each in kept.items() if not prefixes or prefix in prefixes]


def _create_pull_through_cache_rule(self: Any) -> ActionResult:
    rules, rule = rules_of(self.ecr_backend), _given(self, _RULE)
    prefix = rule["ecrRepositoryPrefix"]
    if prefix in rules:
        raise _Refused("PullThroughCacheRuleAlreadyExistsException", f"A rule for the prefix {prefix} exists.")
    rules[prefix] = {**rule, "registryId": self.current_account, "createdAt": utcnow(), "updatedAt": utcnow()}
    return ActionResult(rules[prefix])


_NO_RULE = "PullThroughCacheRuleNotFoundException"


def _describe_pull_through_cache_rules(self: Any) -> ActionResult:
    prefixes = self._get_param("ecrRepositoryPrefixes")
    return ActionResult({"pullThroughCacheRules": _several(rules_of(self.ecr_backend), prefixes, _NO_RULE)})


def _update_pull_through_cache_rule(self: Any) -> ActionResult:
    rule = _found(self, rules_of(self.ecr_backend), "ecrRepositoryPrefix", _NO_RULE)
    rule.update({**_given(self, ("credentialArn", "customRoleArn")), "updatedAt": utcnow()})
    return ActionResult(rule)


def _delete_pull_through_cache_rule(self: Any) -> ActionResult:
    rules = rules_of(self.ecr_backend)
    rule = _found(self, rules, "ecrRepositoryPrefix", _NO_RULE)
    return ActionResult(rules.pop(rule["ecrRepositoryPrefix"]))


_NO_TEMPLATE = "TemplateNotFoundException"


def _of_template(self: Any, template: dict[str, Any]) -> ActionResult:
    return ActionResult({"registryId": self.current_account, "repositoryCreationTemplate": template})


def _create_repository_creation_template(self: Any) -> ActionResult:
    templates, template = templates_of(self.ecr_backend), _given(self, _TEMPLATE)
    prefix = template["prefix"]
    if prefix in templates:
        raise _Refused("TemplateAlreadyExistsException", f"A template for the prefix {prefix} exists.")
    # AWS wants a role of its owner for keys and tags, which its own role cannot use.
    # https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-create.html
    encryption = template.get("encryptionConfiguration", {"encryptionType": "AES256"})
    if "customRoleArn" not in template and (encryption["encryptionType"] != "AES256" or template.get("resourceTags")):
        raise _Refused("ValidationException", "A custom role is needed for KMS keys and resource tags.")
    templates[prefix] = {"imageTagMutability": "MUTABLE", **template, "encryptionConfiguration": encryption,
                         "createdAt": utcnow(), "updatedAt": utcnow()}
    return _of_template(self, templates[prefix])


def _describe_repository_creation_templates(self: Any) -> ActionResult:
    found = _several(templates_of(self.ecr_backend), self._get_param("prefixes"), _NO_TEMPLATE)
    return ActionResult({"registryId": self.current_account, "repositoryCreationTemplates": found})


def _update_repository_creation_template(self: Any) -> ActionResult:
    template = _found(self, templates_of(self.ecr_backend), "prefix", _NO_TEMPLATE)
    template.update({**_given(self, _TEMPLATE), "updatedAt": utcnow()})
    return _of_template(self, template)


def _delete_repository_creation_template(self: Any) -> ActionResult:
    templates = templates_of(self.ecr_backend)
    return _of_template(self, templates.pop(_found(self, templates, "prefix", _NO_TEMPLATE)["prefix"]))
