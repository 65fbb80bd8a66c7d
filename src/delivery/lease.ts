import type { Store, Lease as StoredLease, Transaction } from '../ports.js';
import type { Log } from './deliver.js';

/** All in milliseconds, on a clock that never jumps and is compared with no other machine's. */
export interface LeaseTimes {
  /** A holder that was not seen to renew for so long is taken for dead. */
  readonly lease: number;
  /** How often the holder renews. */
  readonly renew: number;
  /** How often the others look, give or take a quarter. */
  readonly look: number;
  /** So long before its lease runs out a holder that could not renew starts nothing more. */
  readonly margin: number;
}

/**
 * A kill is noticed within 12 s: the lease, and a look. Rows that were under way wait for 17.5 s more at most, when
 * the clocks differ so much that theirs cannot be counted from the kill: all is taken over within 30 s.
 */
export const leaseTimes: LeaseTimes = { lease: 10_000, renew: 3_000, look: 1_500, margin: 2_000 };

/** The right to send, which one process has at a time. */
export interface Lease {
  /** For how long it is had without a break; nothing when it is not, or no longer for sure. */
  heldMs(): number | undefined;
  /** In a transaction that only its holder may make: false when somebody else has it by now. */
  confirm(tx: Transaction): Promise<boolean>;
  /** Whether another process has it, and was seen to renew it. */
  isAnothers(): boolean;
  /** Starts to try for it, and to renew it. */
  start(): void;
  /** Stops trying. What it gives lets go of the lease, once all that was started is finished. */
  stop(): Promise<() => Promise<void>>;
}

/** That of the only process there is. */
export const soleLease: Lease = {
  heldMs: () => Infinity,
  confirm: async () => true,
  isAnothers: () => false,
  start: () => undefined,
  stop: async () => async () => undefined,
};

interface LeaseOptions {
  readonly store: Store;
  readonly log: Log;
  readonly times?: LeaseTimes | undefined;
  /** Called each time it is had anew. */
  readonly onTaken: () => void;
}

/**
 * A lease kept in the store. Its holder counts its renewals up; whoever sees the same count for the length of a
 * lease takes it. No moment of any clock is stored: clocks of several machines differ, and jump.
 */
export function createLease({ store, log, onTaken, times = leaseTimes }: LeaseOptions): Lease {
  const holder = crypto.randomUUID();
  let heldSince: number | undefined;
  let sureUntil = 0;
  /** What another process has, and since when it was seen like this. */
  let seen: { lease: StoredLease; at: number; renewed: boolean } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let running = false;
  let everHad = false;

  const isSeen = ({ holder, renewals }: StoredLease): boolean =>
    seen?.lease.holder === holder && seen.lease.renewals === renewals;
  const isOver = (lease: StoredLease): boolean =>
    isSeen(lease) && performance.now() - (seen?.at ?? Infinity) >= times.lease;

  async function takeOrRenew(): Promise<void> {
    const began = performance.now();
    const now = await store.transact(async (tx) => {
      const lease = await tx.get('leases', 'sender');
      if (lease && lease.holder !== holder && !isOver(lease)) return lease;
      const own: StoredLease = { id: 'sender', holder, renewals: (lease?.renewals ?? 0) + 1 };
      await tx.put('leases', own);
      return own;
    });
    if (now.holder === holder) have(began);
    else miss(now);
  }

  function have(began: number): void {
    if (heldSince !== undefined && performance.now() >= sureUntil) heldSince = undefined;
    sureUntil = began + times.lease - times.margin;
    if (heldSince !== undefined) return;
    if (seen) log.warn({}, 'this instance sends from now on: the one that did is gone');
    seen = undefined;
    everHad = true;
    heldSince = performance.now();
    onTaken();
  }

  function miss(lease: StoredLease): void {
    heldSince = undefined;
    if (!seen || !isSeen(lease)) {
      const renewed = seen?.lease.holder === lease.holder;
      seen = { lease, at: performance.now(), renewed };
    }
  }

  function look(): void {
    if (!running) return;
    looking = takeOrRenew()
      .catch((error: unknown) => log.warn({ err: error }, 'the right to send could not be renewed'))
      .finally(() => {
        looking = undefined;
        if (running) timer = setTimeout(look, untilNextLook());
        timer?.unref();
      });
  }

  function untilNextLook(): number {
    if (heldSince !== undefined) return times.renew;
    const usual = times.look * (0.75 + Math.random() / 2);
    const over = seen ? seen.at + times.lease - performance.now() : Infinity;
    return Math.max(1, Math.min(usual, over));
  }

  const heldMs = (): number | undefined =>
    heldSince !== undefined && performance.now() < sureUntil ? performance.now() - heldSince : undefined;

  async function release(): Promise<void> {
    heldSince = undefined;
    if (!everHad) return;
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
    isAnothers: () => heldSince === undefined && seen?.renewed === true,
    async confirm(tx) {
      const lease = await tx.get('leases', 'sender');
      if (lease?.holder === holder) return true;
      heldSince = undefined;
      return false;
    },
    start() {
      running = true;
      look();
    },
    async stop() {
      running = false;
      clearTimeout(timer);
      await looking;
      return release;
    },
  };
}
