export const frTouch = {
  leave_typed: 'Fermer et perdre ce que vous avez écrit\u00a0?',
  leave_lose: 'Fermer',
  leave_stay: 'Continuer à écrire',
  refresh: 'Actualiser',
  refresh_pull: 'Tirez pour actualiser',
  refresh_go: 'Relâchez pour actualiser',
  refreshing: 'Actualisation…',
  refreshed: 'À jour.',
  refresh_failed: 'Serveur injoignable. Ce que vous voyez date d’avant.',
} as const;
