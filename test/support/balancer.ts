import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A load balancer: it sends each request to the next instance that says on `/ready` that it is. */
export interface Balancer {
  readonly address: string;
  /** Requests that an instance refused or cut, by the error that this gave. */
  readonly failures: readonly string[];
  /** How many requests each instance has answered, by its address. */
  readonly answered: ReadonlyMap<string, number>;
  add(instance: string): void;
  /** Resolves once an instance is seen to be ready, or not to be. */
  until(instance: string, ready: boolean): Promise<void>;
  close(): Promise<void>;
}

const askEveryMs = 100;

export async function startBalancer(): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const ready = new Map<string, boolean>();
  const answered = new Map<string, number>();
  const failures: string[] = [];
  const watchers = new Set<() => void>();
  let turn = 0;

  const ask = async (instance: string): Promise<void> => {
    // A connection of its own, as balancers do.
    const now = await fetch(`${instance}/ready`, { headers: { connection: 'close' } }).then(
      ({ status }) => status === 200,
      () => false,
    );
    ready.set(instance, now);
    for (const look of watchers) look();
  };
  let asking = Promise.resolve();
  const timer = setInterval(() => {
    asking = Promise.all([...ready.keys()].map(ask)).then(() => undefined);
  }, askEveryMs);

  const pass = (incoming: IncomingMessage, response: ServerResponse): void => {
    const up = [...ready].flatMap(([instance, isUp]) => (isUp ? [instance] : []));
    const instance = up[turn++ % up.length];
    const fail = (reason: string, status: number): void => {
      failures.push(reason);
      response.writeHead(status);
      response.end();
    };
    if (instance === undefined) {
      fail('no instance is ready', 503);
      return;
    }
    const { method, url, headers } = incoming;
    const onward = request(instance + url, { method, headers, agent }, (answer) => {
      answered.set(instance, (answered.get(instance) ?? 0) + 1);
      const { connection: _, ...kept } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, kept);
      answer.pipe(response);
    });
    onward.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message, 502));
    incoming.pipe(onward);
  };
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failures,
    answered,
    add: (instance) => void ready.set(instance, false),
    until: (instance, wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (ready.get(instance) !== wanted) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    async close() {
      clearInterval(timer);
      await asking;
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
