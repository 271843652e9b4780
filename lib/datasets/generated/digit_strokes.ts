/** A point: x to the right, y down. */
export type Point = readonly [x: number, y: number];

/** The points of a pen's way across the paper, joined by straight lines. */
export type Stroke = readonly Point[];

/**
 * An arc of an ellipse as a stroke.
 *
 * Angles are in turns: 0 is right, 0.25 down, 0.5 left, 0.75 up.
 */
function arc(
  [x, y]: Point,
  [radiusX, radiusY]: Point,
  from: number,
  to: number,
): Point[] {
  const segments = Math.ceil(12 * Math.abs(to - from));
  return Array.from({ length: segments + 1 }, (_, i) => {
    const angle = 2 * Math.PI * (from + (to - from) * i / segments);
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)];
  });
}

/**
 * The ten digits as strokes in the square [−1, 1]², each in one or two ways of
 * writing.
 */
export const DIGIT_STROKES: readonly (readonly (readonly Stroke[])[])[] = [
  [[arc([0, 0], [0.62, 1], 0.75, 1.75)]],
  [
    [[[0.05, -1], [0.05, 1]]],
    [[[-0.4, -0.55], [0.1, -1], [0.1, 1]]],
  ],
  [[[
    ...arc([0, -0.45], [0.6, 0.55], 0.5, 1.1),
    [-0.6, 1],
    [0.65, 1],
  ]]],
  [[[
    ...arc([0, -0.5], [0.55, 0.5], 0.58, 1.25),
    ...arc([0, 0.5], [0.62, 0.5], 0.75, 1.42),
  ]]],
  [
    [[[0.3, 1], [0.3, -1], [-0.65, 0.35], [0.7, 0.35]]],
    [[[-0.5, -1], [-0.55, 0.15], [0.6, 0.15]], [[0.35, -0.6], [0.3, 1]]],
  ],
  [[[
    [0.55, -1],
    [-0.4, -1],
    [-0.48, -0.08],
    ...arc([-0.02, 0.4], [0.6, 0.6], 0.68, 1.4),
  ]]],
  [[[
    [0.4, -1],
    [-0.15, -0.6],
    [-0.5, 0],
    ...arc([0, 0.5], [0.55, 0.5], 0.5, 1.5),
  ]]],
  [
    [[[-0.6, -1], [0.6, -1], [-0.15, 1]]],
    [[[-0.6, -1], [0.6, -1], [-0.15, 1]], [[-0.3, 0.05], [0.5, 0.05]]],
  ],
  [[
    arc([0, -0.5], [0.48, 0.48], 0.25, 1.25),
    arc([0, 0.5], [0.6, 0.5], 0.75, 1.75),
  ]],
  [
    [[
      ...arc([0, -0.45], [0.55, 0.55], 0, 1),
      [0.5, 0.3],
      [0.2, 1],
    ]],
    [[
      ...arc([0, -0.45], [0.55, 0.55], 0, 1),
      ...arc([-0.05, 0.3], [0.6, 0.7], 0, 0.4),
    ]],
  ],
];
