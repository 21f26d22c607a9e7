/** True where the system has a sheet to share with. */
export const canShare = (): boolean => 'share' in navigator;

/** Opens the system's sheet. @returns false when there is none, or it was refused */
export async function shareLink(title: string, url: string): Promise<boolean> {
  if (!canShare()) return false;
  try {
    await navigator.share({ title, url });
    return true;
  } catch (error) {
    // Closing the sheet is an answer too.
    return error instanceof DOMException && error.name === 'AbortError';
  }
}
