/** Loaded with the first sentence that is sent: the framework's planner, and the client of the API. */
import { AI } from '@microsoft/teams-ai/lib/AI.js';
import { ToolsAugmentation } from '@microsoft/teams-ai/lib/augmentations/ToolsAugmentation.js';
import { OpenAIModel } from '@microsoft/teams-ai/lib/models/OpenAIModel.js';
import { ActionPlanner } from '@microsoft/teams-ai/lib/planners/ActionPlanner.js';
import { Prompt } from '@microsoft/teams-ai/lib/prompts/Prompt.js';
import { PromptManager } from '@microsoft/teams-ai/lib/prompts/PromptManager.js';
import { TextSection } from '@microsoft/teams-ai/lib/prompts/TextSection.js';
import { TurnState } from '@microsoft/teams-ai/lib/TurnState.js';
import { type BotAdapter, TurnContext } from 'botbuilder';
import { toFunctions, toPrompt } from './choices.js';
import type { ModelSettings } from './settings.js';
import { askOnce, NoAnswer } from './transport.js';

/** The first version of Azure's API whose functions are generally available, in the line that is kept. */
const azureVersion = '2024-10-21';
/** A call with every slot filled is shorter. */
const mostTokens = 400;

/** Remembers nothing: neither a conversation nor the state of a turn. */
class NoState extends TurnState {
  override getValue<T>(): T {
    return undefined as T;
  }
  override setValue(): void {}
  override hasValue(): boolean {
    return false;
  }
  override deleteValue(): void {}
}

/** Nothing is cut to a number of tokens: prompt and sentence are short. */
const tokenizer = { encode: () => [1], decode: () => '' };

/**
 * Has the framework's planner make a plan for one sentence. It gets no turn, no state and nothing to execute with; its
 * plan is returned as it is.
 * @throws NoAnswer if the API gave none that is of use
 */
export async function planFor(
  sentence: string,
  today: string,
  settings: ModelSettings,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  let failure: NoAnswer | undefined;
  // The framework prints every error of its client to the console, with what the API said. So it gets none: whatever
  // fails reaches it as an answer that says nothing.
  const transport = async (url: unknown, request?: RequestInit) => {
    const headers = new Headers(request?.headers);
    const names = ['authorization', 'api-key', 'content-type'];
    const kept = names.flatMap((name): [string, string][] => {
      const value = headers.get(name);
      return value ? [[name, value]] : [];
    });
    const to = toAddress(String(url), settings);
    const answer = await askOnce(
      to,
      { method: 'POST', headers: kept, body: String(request?.body) },
      signal,
    ).catch((error: unknown) => {
      failure = error instanceof NoAnswer ? error : new NoAnswer('no answer');
      return { choices: [{ message: { role: 'assistant', content: '' } }] };
    });
    return Response.json(answer);
  };
  const planner = createPlanner(sentence, today, settings, transport);
  const plan = await planner.beginTask(
    new TurnContext({} as BotAdapter, {}),
    new NoState(),
    new AI({ planner }),
  );
  if (failure) throw failure;
  return plan.commands;
}

/** The framework accepts https only; on this machine it may be http. */
const toAddress = (url: string, { address }: ModelSettings): string =>
  address.startsWith('http:') ? url.replace(/^https:/, 'http:') : url;

function createPlanner(
  sentence: string,
  today: string,
  { isAzure, key, model, address }: ModelSettings,
  fetch: unknown,
): ActionPlanner {
  const common = {
    useSystemMessages: true,
    maxRetries: 0,
    // One request: whether it is repeated is not left to the client.
    clientOptions: { fetch: fetch as never, maxRetries: 0 },
  };
  const prompts = new PromptManager({ promptsFolder: '', max_history_messages: 0 });
  prompts.addPrompt({
    name: 'sentence',
    prompt: new Prompt([new TextSection(toPrompt(today), 'system'), new TextSection(sentence, 'user')]),
    augmentation: new ToolsAugmentation(),
    actions: toFunctions(),
    config: {
      schema: 1.1,
      type: 'completion',
      augmentation: { augmentation_type: 'tools' },
      completion: {
        include_history: false,
        include_input: false,
        include_images: false,
        max_input_tokens: 1_000,
        max_tokens: mostTokens,
        temperature: 0,
        top_p: 1,
        frequency_penalty: 0,
        presence_penalty: 0,
      },
    },
  });
  return new ActionPlanner({
    model: new OpenAIModel(
      isAzure
        ? {
            ...common,
            azureApiKey: key,
            azureDefaultDeployment: model,
            azureEndpoint: address.replace(/^http:/, 'https:'),
            azureApiVersion: azureVersion,
          }
        : { ...common, apiKey: key, defaultModel: model, endpoint: address },
    ),
    prompts,
    defaultPrompt: 'sentence',
    max_repair_attempts: 0,
    tokenizer,
  });
}
