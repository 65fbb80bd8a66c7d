import { z } from 'zod';
import { schoolLabel } from '../domain/schools/school.js';
import type { SchoolIndex } from '../domain/schools/search.js';
import { boundedText } from '../features/shared/bounded-text.js';
import { schoolsDataset } from '../features/shared/schools.js';

/** Teams shows no more of a list. */
const maxResults = 15;

const searchRequest = z.object({
  queryText: boundedText(1_000).nullish(),
  dataset: z.literal(schoolsDataset),
  queryOptions: z
    .object({ skip: z.int().min(0).max(1_000).nullish(), top: z.int().min(0).max(1_000).nullish() })
    .nullish(),
});

/**
 * Answers the search requests that Teams sends while a person types into a list of choices (the invoke
 * `application/search`). Source:
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
 * @param value the invoke's value: the text so far, and which list it is for
 * @returns the body of the HTTP response
 */
export function searchSchools(value: unknown, schools: SchoolIndex): object {
  const parsed = searchRequest.safeParse(value);
  if (!parsed.success) {
    const error = { code: 'BadRequest', message: `A search names the data set "${schoolsDataset}".` };
    return { statusCode: 400, type: 'application/vnd.microsoft.error', value: error };
  }
  const { queryText, queryOptions } = parsed.data;
  const skip = queryOptions?.skip ?? 0;
  const top = Math.min(maxResults, queryOptions?.top ?? maxResults);
  const results = schools
    .search(queryText ?? '', { limit: skip + top })
    .slice(skip)
    .map((school) => ({ title: schoolLabel(school), value: school.uai }));
  return { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } };
}
