/** Decides which slot a request goes to. */
export interface TrafficRouter {
  /** The slot of the next request by weight; undefined where none has any. A slot of weight 0 is never chosen. */
  pick(endpoint: string, weights: Readonly<Record<string, number>>): string | undefined;
  /** Whether the next event of a kind happens, `percent` of a hundred times. */
  happens(kind: string, percent: number): boolean;
}

/**
 * Routes so that the parts are exact: of any 100 requests under one traffic map, each slot gets as many as its percentage,
 * evenly spread. It is the smooth weighted round robin of nginx.
 * @see https://github.com/nginx/nginx/commit/52327e0627f49dbda1e8db695e63a4b0af4448b1
 */
export class ExactRouter implements TrafficRouter {
  private readonly turns = new Map<string, { map: string; credit: Map<string, number> }>();
  private readonly credit = new Map<string, number>();

  pick(endpoint: string, weights: Readonly<Record<string, number>>): string | undefined {
    const slots = Object.entries(weights).filter(([, weight]) => weight > 0);
    const total = slots.reduce((sum, [, weight]) => sum + weight, 0);
    if (total === 0) return undefined;
    const map = JSON.stringify([...slots].sort());
    let turn = this.turns.get(endpoint);
    if (turn?.map !== map) this.turns.set(endpoint, (turn = { map, credit: new Map() }));
    let chosen = slots[0]![0];
    for (const [slot, weight] of slots) {
      turn.credit.set(slot, (turn.credit.get(slot) ?? 0) + weight);
      if (turn.credit.get(slot)! > turn.credit.get(chosen)!) chosen = slot;
    }
    turn.credit.set(chosen, turn.credit.get(chosen)! - total);
    return chosen;
  }

  happens(kind: string, percent: number): boolean {
    const credit = (this.credit.get(kind) ?? 0) + percent;
    const now = credit >= 100 - 1e-9;
    this.credit.set(kind, now ? credit - 100 : credit);
    return now;
  }
}

/** Routes by chance, as a real load balancer does. `random` answers a number from 0 up to 1. */
export class RandomRouter implements TrafficRouter {
  constructor(private readonly random: () => number) {}

  pick(_endpoint: string, weights: Readonly<Record<string, number>>): string | undefined {
    const slots = Object.entries(weights).filter(([, weight]) => weight > 0);
    let left = this.random() * slots.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [slot, weight] of slots) if ((left -= weight) < 0) return slot;
    return slots.at(-1)?.[0];
  }

  happens(_kind: string, percent: number): boolean {
    return this.random() * 100 < percent;
  }
}
