using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>How the register is stored.</summary>
internal sealed class PeopleMapping :
    IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<Household>, IEntityTypeConfiguration<Relation>,
    IEntityTypeConfiguration<SensitiveLook>, IEntityTypeConfiguration<Departure>, IEntityTypeConfiguration<PersonPhoto>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("people_person");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Roles).HasConversion<int>();
        builder.HasIndex(p => p.NameKey);

        // The order of every list, with what nearly every list asks beside it, so that going along it needs no look at the table.
        builder.HasIndex(p => new { p.Initials, p.NameKey, p.Id, p.Area, p.MergedInto, p.Roles });
        builder.HasIndex(p => p.Household);

        // Hardly anybody was merged. An index of everybody else would be taken for a short cut to them.
        builder.HasIndex(p => p.MergedInto).HasFilter("\"MergedInto\" IS NOT NULL");
        builder.OwnsOne(p => p.Secrets, secrets =>
        {
            secrets.Property(s => s.DataKey).IsRequired();
            secrets.HasIndex(s => s.IdIndex);
            secrets.HasIndex(s => s.PhoneIndex);
            secrets.HasIndex(s => s.PhoneTailIndex);
        });
        builder.Navigation(p => p.Secrets).IsRequired();
        builder.OwnsMany(p => p.Facts, fact =>
        {
            fact.ToTable("people_fact");
            fact.WithOwner().HasForeignKey("PersonId");
            fact.HasKey("PersonId", nameof(PersonFact.Line));
            fact.Property(f => f.Line).ValueGeneratedNever();
            fact.Ignore(f => f.Period);
            fact.Ignore(f => f.Stands);
            fact.HasIndex("PersonId", nameof(PersonFact.Kind), nameof(PersonFact.Value));
        });
    }

    public void Configure(EntityTypeBuilder<Household> builder)
    {
        builder.ToTable("people_household");
        builder.HasKey(h => h.Id);
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.HasIndex(h => new { h.Area, h.Number });
    }

    public void Configure(EntityTypeBuilder<Relation> builder)
    {
        builder.ToTable("people_relation");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => r.Elder);
        builder.HasIndex(r => r.Relative);
    }

    public void Configure(EntityTypeBuilder<Departure> builder)
    {
        builder.ToTable("people_departure");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.HasIndex(d => d.Person);
    }

    public void Configure(EntityTypeBuilder<PersonPhoto> builder)
    {
        builder.ToTable("people_photo");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.HasIndex(p => p.Person);
    }

    public void Configure(EntityTypeBuilder<SensitiveLook> builder)
    {
        builder.ToTable("people_look");
        builder.HasKey(l => l.Id);
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.HasIndex(l => new { l.Person, l.At });
    }
}
