# Databricks notebook source
# MAGIC %md
# MAGIC # Trigger the release of a model
# MAGIC
# MAGIC The last task of a training job: it tells CI that a model version is there, and CI releases it with
# MAGIC `trunkline release`. Address and credential come from a secret scope, never from a parameter.
# MAGIC
# MAGIC | secret of the scope  | meaning                                                                       |
# MAGIC | -------------------- | ----------------------------------------------------------------------------- |
# MAGIC | `release-url`        | address of the API call, see `REQUESTS`                                       |
# MAGIC | `release-token`      | token that may start the release, and nothing else                            |
# MAGIC
# MAGIC | parameter       | meaning                                                                            |
# MAGIC | --------------- | ---------------------------------------------------------------------------------- |
# MAGIC | `scope`         | name of the secret scope                                                           |
# MAGIC | `ci`            | `github-workflow`, `github-repository` or `azure-pipelines`                        |
# MAGIC | `ref`           | branch whose workflow releases, such as `main`                                     |
# MAGIC | `model`         | name of the registered model                                                       |
# MAGIC | `model_version` | its version                                                                        |

# COMMAND ----------

import base64
import json
import time
import urllib.error
import urllib.parse
import urllib.request

TIMEOUT_SECONDS = 30
ATTEMPTS = 5
LONGEST_WAIT_SECONDS = 60

# COMMAND ----------


def github_workflow(ref, inputs):
    """https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event"""
    return {"ref": ref, "inputs": inputs}


def github_repository(ref, inputs):
    """https://docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event"""
    return {"event_type": "release-model", "client_payload": {"ref": ref, **inputs}}


def azure_pipelines(ref, inputs):
    """https://learn.microsoft.com/en-us/rest/api/azure/devops/pipelines/runs/run-pipeline"""
    name = ref if ref.startswith("refs/") else f"refs/heads/{ref}"
    return {"resources": {"repositories": {"self": {"refName": name}}}, "templateParameters": inputs}


REQUESTS = {
    # https://api.github.com/repos/{owner}/{repo}/actions/workflows/{file}/dispatches
    "github-workflow": github_workflow,
    # https://api.github.com/repos/{owner}/{repo}/dispatches
    "github-repository": github_repository,
    # https://dev.azure.com/{organization}/{project}/_apis/pipelines/{id}/runs?api-version=7.1
    "azure-pipelines": azure_pipelines,
}


def headers(ci, token):
    if ci == "azure-pipelines":
        # A personal access token goes as the password of nobody; a token of Entra, a JWT, goes as it is.
        basic = base64.b64encode(f":{token}".encode()).decode()
        authorization = f"Bearer {token}" if token.count(".") == 2 else f"Basic {basic}"
        return {"Authorization": authorization, "Content-Type": "application/json"}
    return {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
        "Content-Type": "application/json",
        "X-GitHub-Api-Version": "2022-11-28",
    }


# COMMAND ----------


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would hand the token to another address."""

    def redirect_request(self, *_):
        return None


def wait_seconds(attempt, error):
    after = error.headers.get("Retry-After", "") if isinstance(error, urllib.error.HTTPError) else ""
    return min(int(after) if after.isdigit() else 2**attempt, LONGEST_WAIT_SECONDS)


def is_passing(error):
    return not isinstance(error, urllib.error.HTTPError) or error.code == 429 or error.code >= 500


def trigger(ci, url, token, ref, inputs, sleep=time.sleep):
    """Starts the release; answers the HTTP status. Raises RuntimeError, without the token, where CI refuses."""
    if ci not in REQUESTS:
        raise ValueError(f"ci is {ci!r}, allowed are {', '.join(REQUESTS)}")
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise ValueError("the secret release-url is no address that begins with https://")
    data = json.dumps(REQUESTS[ci](ref, inputs)).encode()
    opener = urllib.request.build_opener(NoRedirect)
    for attempt in range(1, ATTEMPTS + 1):
        request = urllib.request.Request(url, data, headers(ci, token), method="POST")
        try:
            with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                return response.status
        except (urllib.error.URLError, OSError) as error:
            if attempt == ATTEMPTS or not is_passing(error):
                status = error.code if isinstance(error, urllib.error.HTTPError) else type(error).__name__
                raise RuntimeError(
                    f"CI at {parts.hostname} did not take the release of {inputs}: {status} after {attempt} attempts; "
                    "check release-url and what release-token may do"
                ) from None
            sleep(wait_seconds(attempt, error))


# COMMAND ----------


def main(dbutils):
    parameter = dbutils.widgets.get
    scope = parameter("scope")
    inputs = {"model": parameter("model"), "model_version": parameter("model_version")}
    secret = lambda key: dbutils.secrets.get(scope, key)
    status = trigger(parameter("ci"), secret("release-url"), secret("release-token"), parameter("ref"), inputs)
    print(f"CI takes the release of {inputs['model']} version {inputs['model_version']}: {status}")


if "dbutils" in globals():
    main(dbutils)  # noqa: F821
