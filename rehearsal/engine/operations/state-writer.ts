import type { ChangeStart, StateChange } from "../backend/state-change";
import type { StateRecorder } from "../deployment/state-recorder";
import type { DeploymentFile } from "../state/deployment-file";

/** Where a state is kept. */
export interface StateStore {
  /** Writes the state as a whole; what was appended is part of it. */
  save(deployment: DeploymentFile): Promise<void>;
  /** Adds changes to the state that was saved or loaded last; resolves when they are safely on disk. */
  append(start: ChangeStart, changes: readonly StateChange[]): Promise<void>;
}

/**
 * Writes what changes in a state whenever that is asked for, and the whole state at the end; requests that come while
 * something is written share the next write.
 */
export class StateWriter {
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;
  /** Something has changed since the state was written as a whole. */
  private stale = false;
  private closed = false;

  constructor(
    private readonly recorder: Pick<StateRecorder, "changes" | "restart" | "start" | "snapshot">,
    private readonly store: StateStore,
  ) {}

  /** Resolves when the state as it is now is on disk. */
  write(): Promise<void> {
    this.stale = true;
    this.next ??= this.appendAfter(this.running);
    return this.next;
  }

  /** The state changed, but nothing relies on it: it is written at the latest in the end. */
  postpone(): void {
    this.stale = true;
  }

  /** Writes the state as a whole: nothing may have come into it before, or what it started from is not on disk. */
  async rewrite(): Promise<void> {
    if (this.closed) return;
    this.recorder.restart();
    await this.store.save(this.recorder.snapshot());
  }

  /** Writes the state as a whole where anything has changed. What is asked for later is not written any more. */
  async finish(): Promise<void> {
    // What could not be appended may still be written as a whole.
    await this.next?.catch(() => undefined);
    await this.running?.catch(() => undefined);
    if (this.closed) return;
    this.closed = true;
    if (this.stale) await this.store.save(this.recorder.snapshot());
  }

  private async appendAfter(previous: Promise<void> | undefined): Promise<void> {
    await previous?.catch(() => undefined);
    this.running = this.next;
    this.next = undefined;
    if (this.closed) return;
    const changes = this.recorder.changes.take();
    if (changes.length === 0) return;
    try {
      await this.store.append(this.recorder.start, changes);
    } catch (fault) {
      this.recorder.changes.putBack(changes);
      throw fault;
    }
  }
}
