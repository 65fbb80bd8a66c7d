/**
 * adaptivecards-templating names this type from the sources of adaptivecards, which TypeScript would compile
 * by this project's rules, and fail. `paths` in tsconfig.json leads here instead.
 */
export type IAdaptiveCard = object;
