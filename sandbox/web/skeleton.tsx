/** The page's shape while its content is on the way. */

export function Skeleton() {
  const rows = [58, 82, 41, 70, 35, 64];
  return (
    <div class="skeleton" role="status" aria-label="Loading">
      <div class="skeleton-head" />
      <div class="skeleton-rows">
        {rows.map((percent) => (
          <div key={percent} class="skeleton-row">
            <i class="skeleton-face" />
            <span>
              <i style={{ width: '120px' }} />
              <i style={{ width: `${percent}%` }} />
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** The same for the whole page, with its rail and its list of channels. */
export function PageSkeleton() {
  return (
    <div class="own-view">
      <div class="left">
        <div class="dock" />
        <div class="sidebar" />
      </div>
      <Skeleton />
    </div>
  );
}
