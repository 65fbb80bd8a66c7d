import { z } from 'zod';
import { boundedText } from '../../features/shared/bounded-text.js';
import { isChoice } from './choices.js';

/** Longer than any answer that is of use, and short enough to be parsed without a thought. */
const longest = { answer: 32_000, parameters: 2_000 } as const;

/** What the model's API said, or did not say in time. Its text is fit for the log: nothing of any sentence is in it. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    readonly isLate = false,
  ) {
    super(message);
  }
}

const isObject = (text: string): boolean => {
  try {
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

const call = z.object({
  id: boundedText(200),
  type: z.literal('function'),
  function: z.object({
    name: boundedText(100).refine(isChoice),
    arguments: boundedText(longest.parameters).refine(isObject),
  }),
});

/** What is read of an answer: the functions it calls. Texts are not. Source: OpenAI's chat completions. */
const completion = z.object({
  choices: z.tuple([z.object({ message: z.object({ tool_calls: z.array(call).nullish() }) })]),
});

/**
 * Sends a request to the API once and reads a small, well-formed answer.
 * @throws NoAnswer for anything else
 */
export async function askOnce(url: string, request: RequestInit, signal: AbortSignal): Promise<object> {
  try {
    const response = await fetch(url, { ...request, signal, redirect: 'error' });
    if (!response.ok) {
      await response.body?.cancel();
      throw new NoAnswer(`HTTP ${response.status}`);
    }
    return readCompletion(await readSome(response));
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    // An error of the connection may have the key or the sentence in it.
    throw signal.aborted ? new NoAnswer('no answer in time', true) : new NoAnswer('no connection');
  }
}

/**
 * Reads an answer as far as it is of use.
 * @throws NoAnswer if it is none
 */
export function readCompletion(text: string): object {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new NoAnswer('an answer that is no JSON');
  }
  const parsed = completion.safeParse(body);
  if (!parsed.success) throw new NoAnswer('an answer of another shape');
  const [{ message }] = parsed.data.choices;
  return { choices: [{ message: { role: 'assistant', content: '', tool_calls: message.tool_calls ?? [] } }] };
}

async function readSome({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > longest.answer) throw new NoAnswer('an answer that is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
