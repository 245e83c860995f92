-- An operation never goes back to a state that it has left, and one that has ended stays as it ended.
CREATE FUNCTION refuse_going_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (
    (OLD.state = 'awaiting_approval' AND NEW.state IN ('pending', 'failed'))
    OR (OLD.state = 'pending' AND NEW.state IN ('succeeded', 'failed', 'unknown'))
    OR (OLD.state = 'unknown' AND NEW.state IN ('succeeded', 'failed'))
  ) THEN
    RAISE EXCEPTION 'operation % does not go from % to %', OLD.number, OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER operations_go_forward BEFORE UPDATE OF state ON operations
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION refuse_going_back();
--> statement-breakpoint
CREATE TRIGGER amendments_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON amendments
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
