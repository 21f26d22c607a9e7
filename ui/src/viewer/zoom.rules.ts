/** Where a picture stands: how many times its size, and how far its middle is from the frame's, in CSS pixels. */
export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The whole picture. */
export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
/** What a double press shows, in times of the whole. */
export const CLOSE = 2.5;
const CLOSEST = 8;

/** Zooms by a factor; what lies at the point, as seen from the frame's middle, stays there. */
export function zoomAt(zoom: Zoom, factor: number, at: Point, picture: Size, frame: Size): Zoom {
  const scale = Math.min(CLOSEST, Math.max(1, zoom.scale * factor));
  const by = scale / zoom.scale;
  return keepInside({ scale, x: at.x - (at.x - zoom.x) * by, y: at.y - (at.y - zoom.y) * by }, picture, frame);
}

/** Moves it by CSS pixels. */
export const panBy = (zoom: Zoom, by: Point, picture: Size, frame: Size): Zoom =>
  keepInside({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, picture, frame);

/** No further than its edge to the frame's edge; in the middle where it is smaller. */
function keepInside({ scale, x, y }: Zoom, picture: Size, frame: Size): Zoom {
  if (scale <= 1) return WHOLE;
  const within = (value: number, size: number, room: number): number => {
    const most = Math.max(0, (size * scale - room) / 2);
    return Math.min(most, Math.max(-most, value));
  };
  return { scale, x: within(x, picture.width, frame.width), y: within(y, picture.height, frame.height) };
}
