import type { Log, Store, Transaction } from '../ports.js';
import type { Lease as StoredLease } from '../records.js';

/** In milliseconds of a monotonic clock, never compared with another machine's. */
export interface LeaseTimes {
  /** A holder that has not renewed for this long is taken for dead. */
  readonly duration: number;
  /** Interval between renewals. */
  readonly renewEvery: number;
  /** Interval between checks by the other processes, ± 25 %. */
  readonly pollEvery: number;
  /** A holder that could not renew stops starting work this long before its lease expires. */
  readonly margin: number;
}

/**
 * A killed process is noticed within 12 s: the lease, and a check. Rows it was sending wait another 17.5 s at most,
 * when the clocks differ too much to count from the kill: everything is taken over within 30 s.
 */
export const leaseTimes: LeaseTimes = {
  duration: 10_000,
  renewEvery: 3_000,
  pollEvery: 1_500,
  margin: 2_000,
};

/** The right to send, held by one process at a time. */
export interface Lease {
  /** How long it has been held without interruption; nothing when it is not held, or may have expired. */
  heldMs(): number | undefined;
  /** Checks inside a transaction that the lease is still held; false if another process has taken it. */
  confirm(tx: Transaction): Promise<boolean>;
  /** Whether another process holds it and has been seen renewing it. */
  isHeldElsewhere(): boolean;
  /** Starts acquiring it and renewing it. */
  start(): void;
  /** Stops acquiring it. Returns a function that releases it, to be called once all work in progress has finished. */
  stop(): Promise<() => Promise<void>>;
}

/** For a process that has the store to itself. */
export const uncontestedLease: Lease = {
  heldMs: () => Infinity,
  confirm: async () => true,
  isHeldElsewhere: () => false,
  start: () => undefined,
  stop: async () => async () => undefined,
};

interface LeaseOptions {
  readonly store: Store;
  readonly log: Log;
  readonly times?: LeaseTimes | undefined;
  /** Called every time the lease is acquired. */
  readonly onAcquired: () => void;
}

/**
 * A lease kept in the store. Its holder increments a counter; whoever sees the same count for the duration of a lease
 * takes it over. No timestamp is stored, because the clocks of machines differ and jump.
 */
export function createLease({ store, log, onAcquired, times = leaseTimes }: LeaseOptions): Lease {
  const holder = crypto.randomUUID();
  let heldSince: number | undefined;
  let validUntil = 0;
  /** Another process's lease, and since when it has not changed. */
  let observed: { lease: StoredLease; at: number; renewed: boolean } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let polling: Promise<void> | undefined;
  let running = false;
  let everHeld = false;

  const isUnchanged = ({ holder, renewals }: StoredLease): boolean =>
    observed?.lease.holder === holder && observed.lease.renewals === renewals;
  const hasExpired = (lease: StoredLease): boolean =>
    isUnchanged(lease) && performance.now() - (observed?.at ?? Infinity) >= times.duration;

  async function acquireOrRenew(): Promise<void> {
    const startedAt = performance.now();
    const now = await store.transact(async (tx) => {
      const lease = await tx.get('leases', 'sender');
      if (lease && lease.holder !== holder && !hasExpired(lease)) return lease;
      const own: StoredLease = { id: 'sender', holder, renewals: (lease?.renewals ?? 0) + 1 };
      await tx.put('leases', own);
      return own;
    });
    if (now.holder === holder) markAcquired(startedAt);
    else markMissed(now);
  }

  function markAcquired(startedAt: number): void {
    if (heldSince !== undefined && performance.now() >= validUntil) heldSince = undefined;
    validUntil = startedAt + times.duration - times.margin;
    if (heldSince !== undefined) return;
    if (observed) log.warn({}, 'this instance sends from now on: the one that did is gone');
    observed = undefined;
    everHeld = true;
    heldSince = performance.now();
    onAcquired();
  }

  function markMissed(lease: StoredLease): void {
    heldSince = undefined;
    if (!observed || !isUnchanged(lease)) {
      const renewed = observed?.lease.holder === lease.holder;
      observed = { lease, at: performance.now(), renewed };
    }
  }

  function poll(): void {
    if (!running) return;
    polling = acquireOrRenew()
      .catch((error: unknown) => log.warn({ err: error }, 'the right to send could not be renewed'))
      .finally(() => {
        polling = undefined;
        if (running) timer = setTimeout(poll, nextPollDelayMs());
        timer?.unref();
      });
  }

  function nextPollDelayMs(): number {
    if (heldSince !== undefined) return times.renewEvery;
    const usual = times.pollEvery * (0.75 + Math.random() / 2);
    const over = observed ? observed.at + times.duration - performance.now() : Infinity;
    return Math.max(1, Math.min(usual, over));
  }

  const heldMs = (): number | undefined =>
    heldSince !== undefined && performance.now() < validUntil ? performance.now() - heldSince : undefined;

  async function release(): Promise<void> {
    heldSince = undefined;
    if (!everHeld) return;
    try {
      await store.transact(async (tx) => {
        if ((await tx.get('leases', 'sender'))?.holder === holder) await tx.remove('leases', 'sender');
      });
    } catch (error) {
      log.warn({ err: error }, 'the right to send could not be given back: another instance takes it later');
    }
  }

  return {
    heldMs,
    isHeldElsewhere: () => heldSince === undefined && observed?.renewed === true,
    async confirm(tx) {
      const lease = await tx.get('leases', 'sender');
      if (lease?.holder === holder) return true;
      heldSince = undefined;
      return false;
    },
    start() {
      running = true;
      poll();
    },
    async stop() {
      running = false;
      clearTimeout(timer);
      await polling;
      return release;
    },
  };
}
