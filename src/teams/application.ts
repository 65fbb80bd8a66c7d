/** Loaded with the first message. A module of our own, so that a bundle gives it by name. */
export { Application } from '@microsoft/teams-ai/lib/Application.js';
