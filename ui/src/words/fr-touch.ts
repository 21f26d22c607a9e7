export const frTouch = {
  refresh: 'Actualiser',
  refresh_pull: 'Tirez pour actualiser',
  refresh_go: 'Relâchez pour actualiser',
  refreshing: 'Actualisation…',
  refreshed: 'À jour.',
  refresh_failed: 'Serveur injoignable. Ce que vous voyez date d’avant.',
} as const;
