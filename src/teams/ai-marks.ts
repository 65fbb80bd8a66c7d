import { z } from 'zod';

/**
 * What a message carries that a language model has had a part in: Teams then shows its label "AI generated", and buttons
 * by which people say whether it helped. Source: Teams, "Bot messages with AI-generated content".
 */
export const aiMarks = {
  entities: [
    {
      type: 'https://schema.org/Message',
      '@type': 'Message',
      '@context': 'https://schema.org',
      '@id': '',
      additionalType: ['AIGeneratedContent'],
    },
  ],
  channelData: { feedbackLoop: { type: 'default' } },
};

export type Reaction = 'like' | 'dislike';

/** What these buttons send. What people write with it is not read. */
const feedback = z.object({
  actionName: z.literal('feedback'),
  actionValue: z.object({ reaction: z.enum(['like', 'dislike']) }),
});

/** Whether an answer helped; nothing if something else was sent. */
export function readFeedback(value: unknown): Reaction | undefined {
  const parsed = feedback.safeParse(value);
  return parsed.success ? parsed.data.actionValue.reaction : undefined;
}
