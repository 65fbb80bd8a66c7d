/** Files that people drop in their chats: a double of the host where Teams keeps them, and what Teams then sends. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FetchFile } from '../../src/teams/download.js';
import type { CardJson, TestBot, TestPerson } from './bot.js';
import { activityFrom } from './flows.js';

const host = 'https://exemple-my.sharepoint.com';

export interface FileHost {
  /** Asks the double for what would be asked of Microsoft's host. */
  readonly fetchFile: FetchFile;
  /** Keeps a file; gives the address that Teams sends. */
  keep(content: string | Uint8Array): string;
  /** Keeps something that is answered in another way. */
  answer(respond: (response: ServerResponse) => void): string;
  /** How many requests there were. */
  requests(): number;
  close(): Promise<void>;
}

export async function startFileHost(): Promise<FileHost> {
  const files: ((response: ServerResponse) => void)[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    count++;
    const [, at] = /^\/(\d+)/.exec(request.url ?? '') ?? [];
    const file = files[Number(at)];
    if (file) return file(response);
    response.statusCode = 404;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const keep: FileHost['answer'] = (file) => `${host}/${files.push(file) - 1}`;
  return {
    fetchFile: (url, init) => fetch(url.replace(host, `http://127.0.0.1:${port}`), init),
    keep: (content) => keep((response) => response.end(content)),
    answer: keep,
    requests: () => count,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The message that Teams sends when somebody drops a file in their chat. */
export const fileMessage = (name: string, downloadUrl: unknown) => ({
  text: '',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      contentUrl: `${host}/personal/documents/${name}`,
      name,
      content: { downloadUrl, uniqueId: '1150D938-8870-4044-9F2C-5BBDEBA70C9D', fileType: 'xlsx' },
    },
  ],
});

/** Drops a file; gives the cards that answer it, also those that come after the turn. */
export async function drop(
  bot: TestBot,
  who: TestPerson,
  name: string,
  url: unknown,
  more: object = {},
): Promise<CardJson[]> {
  await bot.app.drain();
  const before = bot.connector.posts.length;
  await bot.raw(activityFrom(bot, who, { ...fileMessage(name, url), ...more }));
  await bot.app.drain();
  return bot.connector.posts.slice(before).map((p) => p.card as CardJson);
}
