import { performance } from "node:perf_hooks";
import { AutomationError } from "../errors";
import type { ScoringAnswer, Slot } from "./online-endpoints";

/** Longest time that an online endpoint takes. See https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas */
const TIMEOUT_MS = 180_000;

/**
 * Sends one request to an online endpoint, to a slot by the header that Azure routes by. An answer with an error is an answer;
 * throws AutomationError where there comes none.
 * See https://learn.microsoft.com/azure/machine-learning/how-to-safely-rollout-online-endpoints.
 */
export async function invokeOverHttp(uri: string, bearer: string, body: string, slot?: Slot): Promise<ScoringAnswer> {
  const began = performance.now();
  const headers = {
    authorization: `Bearer ${bearer}`,
    "content-type": "application/json",
    ...(slot !== undefined && { "azureml-model-deployment": slot }),
  };
  try {
    const response = await fetch(uri, {
      method: "POST",
      headers,
      body,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const answered = response.headers.get("azureml-model-deployment");
    const durationMs = performance.now() - began;
    return { status: response.status, body: text, ...(answered !== null && { slot: answered }), durationMs };
  } catch (cause) {
    const { message, cause: reason } = cause as Error;
    throw new AutomationError(
      "fault",
      `${uri} does not answer: ${reason instanceof Error ? reason.message : message}`,
      {
        hint: "see whether the endpoint is reachable from here",
        cause,
      },
    );
  }
}
