/** Brings the way to pull pages down, where there are fingers to do it. */
export function loadPull(): void {
  if (matchMedia('(any-pointer: coarse)').matches) void import('./mf-pull.ts');
}
