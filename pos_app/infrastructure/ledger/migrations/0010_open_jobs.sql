-- What was sent and is never confirmed is done: a printer that answers nothing would have every paper it ever printed
-- among those that wait.
DROP INDEX print_job_open;
CREATE INDEX print_job_open ON print_job (id) WHERE state IN ('queued', 'sending', 'failed');
