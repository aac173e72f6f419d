/** A part of a drawing that is seen. */
interface View {
  x: number;
  y: number;
  scale: number;
}

/** Moves and scales what is in an SVG. */
export interface PanZoom {
  /** Shows a whole area, not larger than it is by nature. */
  fit(area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): void;
  /** Scales around the middle. */
  zoom(factor: number): void;
  /** Moves so that what was drawn at a place before is seen where that was. */
  keep(before: { readonly x: number; readonly y: number }, after: { readonly x: number; readonly y: number }): void;
  /** Moves so that a place is seen; scales up where it could not be read. */
  reveal(place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): void;
  /** Moves by as little as it takes for a place to be seen, at the scale that there is. */
  follow(place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): void;
}

const SMALLEST = 0.03;
const LARGEST = 2.5;
const MARGIN = 28;

/** Below this, texts are not read. */
const READABLE = 0.7;

/** Lets an SVG be moved by dragging and the wheel with Shift, and scaled by the wheel or two fingers. `covered`: pixels at its right that lie under something. */
export function panZoom(frame: SVGSVGElement, content: SVGGElement, covered: () => number = () => 0): PanZoom {
  const view: View = { x: 0, y: 0, scale: 1 };
  const show = () => {
    content.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.scale})`);
    frame.classList.toggle("far", view.scale < 0.45);
  };
  const scaleAt = (factor: number, x: number, y: number) => {
    const scale = Math.min(LARGEST, Math.max(SMALLEST, view.scale * factor));
    view.x = x - ((x - view.x) * scale) / view.scale;
    view.y = y - ((y - view.y) * scale) / view.scale;
    view.scale = scale;
    show();
  };
  const size = () => frame.getBoundingClientRect();
  const room = () => {
    const { width, height } = size();
    return { width: Math.max(width / 2, width - covered()), height };
  };
  frame.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const { left, top } = size();
      if (event.shiftKey) {
        view.x -= event.deltaY || event.deltaX;
        show();
      } else
        scaleAt(
          Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)),
          event.clientX - left,
          event.clientY - top,
        );
    },
    { passive: false },
  );
  dragging(frame, {
    moved: (dx, dy) => {
      view.x += dx;
      view.y += dy;
      show();
    },
    pinched: (factor, x, y) => {
      const { left, top } = size();
      scaleAt(factor, x - left, y - top);
    },
  });
  return {
    fit({ x, y, width, height }) {
      const { width: seenWidth, height: seenHeight } = size();
      if (seenWidth === 0 || width === 0 || height === 0) return;
      const scale = Math.min((seenWidth - 2 * MARGIN) / width, (seenHeight - 2 * MARGIN) / height, 1.15);
      view.scale = Math.max(SMALLEST, scale);
      view.x = (seenWidth - width * view.scale) / 2 - x * view.scale;
      view.y = (seenHeight - height * view.scale) / 2 - y * view.scale;
      show();
    },
    zoom(factor) {
      const { width, height } = size();
      scaleAt(factor, width / 2, height / 2);
    },
    keep(before, after) {
      view.x += (before.x - after.x) * view.scale;
      view.y += (before.y - after.y) * view.scale;
      show();
    },
    follow({ x, y, width, height }) {
      const { width: seenWidth, height: seenHeight } = room();
      view.x += missing(view.x + x * view.scale, width * view.scale, seenWidth);
      view.y += missing(view.y + y * view.scale, height * view.scale, seenHeight);
      show();
    },
    reveal({ x, y, width, height }) {
      const { width: seenWidth, height: seenHeight } = room();
      if (view.scale < READABLE) view.scale = READABLE;
      const [left, top] = [view.x + x * view.scale, view.y + y * view.scale];
      const right = left + width * view.scale;
      const bottom = top + height * view.scale;
      if (left < MARGIN || right > seenWidth - MARGIN) view.x = seenWidth / 2 - (x + width / 2) * view.scale;
      if (top < MARGIN || bottom > seenHeight - MARGIN) view.y = seenHeight / 2 - (y + height / 2) * view.scale;
      show();
    },
  };
}

interface Drag {
  readonly moved: (dx: number, dy: number) => void;
  readonly pinched: (factor: number, x: number, y: number) => void;
}

/** Follows one pointer, or two; what did not move was a click, and stays one. */
function dragging(frame: SVGSVGElement, { moved, pinched }: Drag): void {
  const pointers = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  frame.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    pointers.set(event.pointerId, now);
    if (other) {
      const distance = (at: { x: number; y: number }) => Math.hypot(at.x - other.x, at.y - other.y);
      if (distance(before) > 0) pinched(distance(now) / distance(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
      return;
    }
    travelled += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (travelled > 4) {
      if (!frame.hasPointerCapture(event.pointerId)) frame.setPointerCapture(event.pointerId);
      frame.classList.add("dragged");
      moved(now.x - before.x, now.y - before.y);
    }
  });
  const end = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) frame.classList.remove("dragged");
  };
  frame.addEventListener("pointerup", end);
  frame.addEventListener("pointercancel", end);
  frame.addEventListener(
    "click",
    (event) => {
      if (travelled > 4) event.stopPropagation();
      travelled = 0;
    },
    { capture: true },
  );
}

/** How far something has to move to be within the frame; of what is longer than it, the begin counts. */
function missing(start: number, length: number, room: number): number {
  const end = Math.min(start + length, start + room - 2 * MARGIN);
  if (start < MARGIN) return MARGIN - start;
  return end > room - MARGIN ? room - MARGIN - end : 0;
}
