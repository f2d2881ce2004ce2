-- Rate limits (GCRA) in Redis: what public.take_from_rate() does in PostgreSQL, with the same answers. Times are microseconds.
-- KEYS[1]: the bucket. ARGV: step, span, reserve, wanted, and the time for tests (empty: the server's).
local step, span, reserve, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local now = tonumber(ARGV[5])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000000 + time[2]
end
local debt = math.min(span, math.max(0, (tonumber(redis.call('GET', KEYS[1])) or 0) - now))
local granted = 0
if debt + wanted * step <= span - reserve then
    granted = wanted
elseif debt + step <= span then
    granted = 1
end
debt = debt + granted * step
redis.call('SET', KEYS[1], string.format('%.0f', now + debt), 'PX', math.ceil(debt / 1000) + 1)
return {granted, debt}
