import { type Scorer, ScoringError, type ScorerRequest } from "./scorer";

/**
 * Scores as the sample script does without a model file, where there is no Python to run a script with: a flag fall and a
 * price a kilometre and a minute.
 */
export function builtInScorer({ model }: ScorerRequest): Scorer {
  const log = [`no Python: ${model} is served by the rehearsal's own copy of the sample script`];
  return {
    ready: Promise.resolve(),
    log,
    score: async (data) => {
      try {
        const { data: trips } = JSON.parse(data) as { data: { distance_km: number; duration_min: number }[] };
        return JSON.stringify({ fares: trips.map(fare), model });
      } catch (error) {
        log.push(String(error));
        throw new ScoringError(String(error), { cause: error });
      }
    },
    close: async () => {},
  };
}

function fare(trip: { readonly distance_km: number; readonly duration_min: number }): number {
  const [distance, duration] = [Number(trip.distance_km), Number(trip.duration_min)];
  if (Number.isNaN(distance) || Number.isNaN(duration)) throw new Error("a trip needs distance_km and duration_min");
  return Math.round((2.5 + 1.56 * distance + 0.35 * duration) * 100) / 100;
}
