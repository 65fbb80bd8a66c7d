import { Refusal } from '../features/feature.js';

/** Fetches a file; tests replace it. */
export type FetchFile = (url: string, init: RequestInit) => Promise<Response>;

interface DownloadOptions {
  readonly fetchFile: FetchFile;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/**
 * Where Teams keeps the files of chats: OneDrive and SharePoint of the public cloud, of the US government's, and of
 * China's.
 */
const hosts = ['sharepoint.com', 'sharepoint.us', 'sharepoint-mil.us', 'sharepoint.cn'];

/** Whether an address is one of those; it comes with the message, and must not lead anywhere else. */
export function isMicrosoftFile(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username, password } = new URL(url);
  const isPlain = protocol === 'https:' && port === '' && username === '' && password === '';
  return isPlain && hosts.some((host) => hostname.endsWith(`.${host}`));
}

/**
 * Reads a file that somebody has attached to a message, from Microsoft's own hosts only and without following redirects,
 * up to a size and for a time.
 * @throws Refusal that says why there is no file
 */
export async function download(
  url: string,
  { fetchFile, maxBytes, timeoutMs }: DownloadOptions,
): Promise<Uint8Array> {
  if (!isMicrosoftFile(url)) throw new Refusal('refusal.fileElsewhere');
  const tooLarge = new Refusal('refusal.fileTooLarge', { size: maxBytes / 1_000_000 });
  try {
    const answer = await fetchFile(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    if (answer.status !== 200 || !answer.body) throw new Refusal('refusal.fileUnavailable');
    // The stated length need not be true.
    if (Number(answer.headers.get('content-length') ?? 0) > maxBytes) {
      await answer.body.cancel();
      throw tooLarge;
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      // Leaving the loop cancels the rest.
      if (size > maxBytes) throw tooLarge;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('refusal.fileUnavailable');
  }
}
