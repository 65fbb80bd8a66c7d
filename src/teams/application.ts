/** Loaded with the first message, as a module of our own so that the bundle's file has a recognisable name. */
export { Application } from '@microsoft/teams-ai/lib/Application.js';
