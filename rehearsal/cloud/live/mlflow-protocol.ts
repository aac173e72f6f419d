import { type Scorer, ScoringError } from "./scorer";

/**
 * Takes requests and gives answers in the form of MLflow's scoring protocol, with a scoring script that has a form of its
 * own: records go in as its data, its only list comes out as predictions.
 * See https://mlflow.org/docs/latest/genai/serving/custom-apps/#scoring-protocol and
 * https://docs.databricks.com/aws/en/machine-learning/model-serving/score-custom-model-endpoints.
 */
export function mlflowProtocol(scorer: Scorer): Scorer {
  return {
    ...{ ready: scorer.ready, log: scorer.log, close: () => scorer.close() },
    score: async (body) => {
      const answer = JSON.parse(await scorer.score(JSON.stringify({ data: recordsOf(body) }))) as object;
      const predictions = Object.values(answer).find((value): value is unknown[] => Array.isArray(value));
      return JSON.stringify({ predictions: predictions ?? answer });
    },
  };
}

interface Request {
  readonly dataframe_records?: readonly unknown[];
  readonly dataframe_split?: { readonly columns?: readonly string[]; readonly data?: readonly (readonly unknown[])[] };
}

function recordsOf(body: string): readonly unknown[] {
  let request: Request;
  try {
    request = JSON.parse(body) as Request;
  } catch (cause) {
    throw new ScoringError("the request is not JSON", { cause });
  }
  const { dataframe_records: records, dataframe_split: split } = request;
  if (Array.isArray(records)) return records as readonly unknown[];
  if (!Array.isArray(split?.data) || !Array.isArray(split.columns)) {
    throw new ScoringError("the request has neither dataframe_records nor dataframe_split");
  }
  const { columns, data } = split as Required<NonNullable<Request["dataframe_split"]>>;
  return data.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
}
