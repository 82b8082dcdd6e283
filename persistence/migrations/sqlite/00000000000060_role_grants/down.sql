ALTER TABLE officers ADD COLUMN roles TEXT NOT NULL DEFAULT '';
UPDATE officers SET roles = coalesce((SELECT group_concat(g.role, ' ') FROM role_grants AS g
    WHERE g.officer_id = officers.id AND g.agency_id = officers.agency_id AND g.revoked_at IS NULL), '');
DROP TABLE role_grants;
