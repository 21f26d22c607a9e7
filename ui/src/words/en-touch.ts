/** What is said of gestures, on touch. */
export const enTouch = {
  leave_typed: 'Close and lose what you wrote?',
  leave_lose: 'Close',
  leave_stay: 'Go on writing',
  refresh: 'Refresh',
  refresh_pull: 'Pull to refresh',
  refresh_go: 'Let go to refresh',
  refreshing: 'Refreshing…',
  refreshed: 'Up to date.',
  refresh_failed: 'Can’t reach the server. What you see is from before.',
} as const;
