/** What is needed to ask a model, as `config.ts` has checked it. */
export interface ModelConfig {
  readonly OPENAI_API_KEY: string | undefined;
  readonly OPENAI_MODEL: string | undefined;
  readonly OPENAI_BASE_URL: string | undefined;
  readonly AZURE_OPENAI_API_KEY: string | undefined;
  readonly AZURE_OPENAI_ENDPOINT: string | undefined;
  readonly AZURE_OPENAI_DEPLOYMENT: string | undefined;
}

/** Which model is asked, and where. */
export interface ModelSettings {
  readonly isAzure: boolean;
  readonly key: string;
  /** The model of OpenAI, or the deployment of Azure. */
  readonly model: string;
  readonly address: string;
}

/** Nothing without a key: no model is asked then. */
export function toModelSettings(c: ModelConfig): ModelSettings | undefined {
  if (c.AZURE_OPENAI_API_KEY)
    return {
      isAzure: true,
      key: c.AZURE_OPENAI_API_KEY,
      model: c.AZURE_OPENAI_DEPLOYMENT ?? '',
      address: c.AZURE_OPENAI_ENDPOINT ?? '',
    };
  if (!c.OPENAI_API_KEY) return undefined;
  return {
    isAzure: false,
    key: c.OPENAI_API_KEY,
    model: c.OPENAI_MODEL ?? '',
    address: c.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
  };
}
