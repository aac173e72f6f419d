# Databricks notebook source
# MAGIC %md
# MAGIC # Score the trips of a table by the endpoint of the environment
# MAGIC
# MAGIC | parameter                                 | meaning                                                              |
# MAGIC | ----------------------------------------- | -------------------------------------------------------------------- |
# MAGIC | `endpoint`, `scoring_uri`                 | name of the endpoint, and the address that requests go to            |
# MAGIC | `scope`                                   | secret scope with the credentials of the environment                 |
# MAGIC | `tenant_id`, `client_id`, `client_secret` | names of these credentials in the scope                              |
# MAGIC | `source`, `target`                        | table of the trips, and table that the fares go to                   |
# MAGIC | `login`                                   | address of Microsoft Entra                                           |

# COMMAND ----------

import json
import time
import urllib.error
import urllib.parse
import urllib.request

TIMEOUT_SECONDS = 60
ATTEMPTS = 4
BATCH = 500
# https://learn.microsoft.com/azure/machine-learning/how-to-authenticate-online-endpoint
AUDIENCE = "https://ml.azure.com/.default"
FEATURES = ("distance_km", "duration_min")

# COMMAND ----------


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would hand the token to another address."""

    def redirect_request(self, *_):
        return None


def post(what, url, data, headers, sleep=time.sleep):
    """The JSON that is answered. Raises RuntimeError, without what was sent, where it is refused or nobody answers."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise ValueError(f"the address of {what} does not begin with https://")
    opener = urllib.request.build_opener(NoRedirect)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            request = urllib.request.Request(url, data, headers, method="POST")
            with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                return json.loads(response.read())
        except (urllib.error.URLError, OSError) as error:
            status = getattr(error, "code", None)
            passing = status is None or status == 429 or status >= 500
            if attempt == ATTEMPTS or not passing:
                told = status if status is not None else type(error).__name__
                raise RuntimeError(f"{what} at {parts.hostname} did not answer: {told} after {attempt} attempts") from None
            sleep(2**attempt)


def token_of(login, tenant, client, secret):
    """https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow"""
    form = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret, "scope": AUDIENCE}
    data = urllib.parse.urlencode(form).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return post("the login", f"{login}/{urllib.parse.quote(tenant)}/oauth2/v2.0/token", data, headers)["access_token"]


def fares_of(endpoint, uri, token, trips):
    """One fare for each trip, in their order."""
    fares = []
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    for start in range(0, len(trips), BATCH):
        batch = trips[start : start + BATCH]
        data = json.dumps({"data": [{name: trip[name] for name in FEATURES} for trip in batch]}).encode()
        answered = post(f"the endpoint {endpoint}", uri, data, headers)["fares"]
        if len(answered) != len(batch):
            raise RuntimeError(f"the endpoint {endpoint} answered {len(answered)} fares for {len(batch)} trips")
        fares.extend(answered)
    return fares


# COMMAND ----------


def main(dbutils, spark):
    parameter = dbutils.widgets.get
    secret = lambda name: dbutils.secrets.get(parameter("scope"), parameter(name))
    trips = [row.asDict() for row in spark.table(parameter("source")).select("trip_id", *FEATURES).collect()]
    token = token_of(parameter("login"), secret("tenant_id"), secret("client_id"), secret("client_secret"))
    fares = fares_of(parameter("endpoint"), parameter("scoring_uri"), token, trips)
    rows = [(trip["trip_id"], float(fare)) for trip, fare in zip(trips, fares)]
    scored = spark.createDataFrame(rows, "trip_id bigint, fare double")
    scored.write.mode("overwrite").saveAsTable(parameter("target"))
    print(f"the endpoint {parameter('endpoint')} scored {len(rows)} trips")


if "dbutils" in globals():
    main(dbutils, spark)  # noqa: F821
